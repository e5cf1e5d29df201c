import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { TimeRange } from '#core/domain/ports.ts';
import { instancesAt } from './group-footprints.ts';
import { CALL_GROUPS } from './group-queries.ts';
import type { MeteredGroup } from './metered-group.ts';
import { readGroupValues } from './read-group-values.ts';

/**
 * How many instances groups had, by name and by the start of the period (Unix seconds); periods of which nothing tells
 * are absent.
 * @throws what the SDK throws.
 */
export async function readInstances(
  client: CloudWatchClient,
  groups: readonly MeteredGroup[],
  asked: { readonly range: TimeRange; readonly periodSeconds: number },
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const counts = new Map<string, ReadonlyMap<number, number>>();
  const counted = groups.map((group) => ({
    ...group,
    metrics: ['inService', 'cpuSamples'] as const,
  }));
  for (let at = 0; at < counted.length; at += CALL_GROUPS) {
    const readings = await readGroupValues(client, counted.slice(at, at + CALL_GROUPS), asked);
    for (const { group, values } of readings) {
      const times = new Set([...values.values()].flatMap((series) => [...series.keys()]));
      const known = [...times].flatMap((time) => {
        const valueOf = (metric: Parameters<typeof values.get>[0]) =>
          values.get(metric)?.get(time) ?? null;
        const instances = instancesAt(valueOf, group, asked.periodSeconds);
        return instances === null ? [] : [[time, instances] as const];
      });
      counts.set(group.applicationId, new Map(known));
    }
  }
  return counts;
}
