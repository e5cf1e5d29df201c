import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { TimeRange } from '#core/domain/ports.ts';
import { instancesAt } from './group-footprints.ts';
import { callsOf } from './group-queries.ts';
import type { MeteredGroup } from './metered-group.ts';
import { readGroupValues } from './read-group-values.ts';

/**
 * Number of instances of each group, by name and by start of the period (Unix seconds). Periods
 * without a metric that tells the number are absent.
 * @throws whatever the SDK throws.
 */
export async function readInstances(
  client: CloudWatchClient,
  groups: readonly MeteredGroup[],
  options: { readonly range: TimeRange; readonly periodSeconds: number },
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const counts = new Map<string, ReadonlyMap<number, number>>();
  const countable = groups.map((group) => ({
    ...group,
    metrics: ['inService', 'cpuSamples'] as const,
  }));
  for (const call of callsOf(countable)) {
    for (const { group, values } of await readGroupValues(client, call, options)) {
      const times = new Set([...values.values()].flatMap((series) => [...series.keys()]));
      const counted = [...times].flatMap((time) => {
        const valueOf = (metric: Parameters<typeof values.get>[0]) =>
          values.get(metric)?.get(time) ?? null;
        const instances = instancesAt(valueOf, group, options.periodSeconds);
        return instances === null ? [] : [[time, instances] as const];
      });
      counts.set(group.applicationId, new Map(counted));
    }
  }
  return counts;
}
