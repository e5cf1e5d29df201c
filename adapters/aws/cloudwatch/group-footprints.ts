import { RESOURCES, type Footprint, type FootprintPoint } from '#core/domain/footprint.ts';
import type { GroupMetric } from './group-metrics.ts';
import type { MeteredGroup } from './metered-group.ts';

/** Values of one group by metric and by the start of their period (Unix seconds). */
export type GroupValues = ReadonlyMap<GroupMetric, ReadonlyMap<number, number>>;

/**
 * What a group used, summed over its instances:
 * - cpu in cores = CPUUtilization (mean of the instances, in percent) ÷ 100 × vCPUs × instances;
 * - memory in bytes = mem_used_percent ÷ 100 × memory of an instance × instances, where the CloudWatch agent runs;
 * - disk in bytes/s = (EBS + instance store, read + written) ÷ period; what is not published counts as nothing, unless
 *   nothing is published;
 * - network in bytes/s = (in + out) ÷ period, likewise.
 *
 * Instances are GroupInServiceInstances; where group metrics are off, the samples of CPUUtilization in the period ÷
 * those of one instance.
 */
export function groupFootprints(
  values: GroupValues,
  group: MeteredGroup,
  periodSeconds: number,
): readonly FootprintPoint[] {
  const times = new Set([...values.values()].flatMap((series) => [...series.keys()]));
  return [...times]
    .sort((a, b) => a - b)
    .map((timestampSeconds) => ({
      timestampSeconds,
      footprint: footprintAt(
        (metric) => values.get(metric)?.get(timestampSeconds) ?? null,
        group,
        periodSeconds,
      ),
    }))
    .filter(({ footprint }) => RESOURCES.some((resource) => footprint[resource] !== null));
}

/** The value of a metric in a period, null where there is none. */
export type ValueOf = (metric: GroupMetric) => number | null;

function footprintAt(valueOf: ValueOf, group: MeteredGroup, periodSeconds: number): Footprint {
  const instances = instancesAt(valueOf, group, periodSeconds);
  const shareOf = (percent: number | null, whole: number) =>
    percent === null || instances === null ? null : (percent / 100) * whole * instances;
  const rateOf = (...metrics: readonly GroupMetric[]) => {
    const published = metrics.map(valueOf).filter((value) => value !== null);
    if (published.length === 0) return null;
    return published.reduce((sum, value) => sum + value, 0) / periodSeconds;
  };
  return {
    cpu: shareOf(valueOf('cpuPercent'), group.vcpus),
    memory: shareOf(valueOf('memoryPercent'), group.memoryBytes),
    disk: rateOf('ebsRead', 'ebsWrite', 'diskRead', 'diskWrite'),
    network: rateOf('networkIn', 'networkOut'),
  };
}

/** Instances of a group in a period, null where nothing tells; see `groupFootprints`. */
export function instancesAt(
  valueOf: ValueOf,
  { monitoringSeconds }: MeteredGroup,
  periodSeconds: number,
): number | null {
  const samples = valueOf('cpuSamples');
  const counted = samples === null ? null : (samples * monitoringSeconds) / periodSeconds;
  return valueOf('inService') ?? counted;
}
