import { demandBehind } from '#core/capacity/censored-demand.ts';
import {
  perResource,
  RESOURCES,
  type Footprint,
  type FootprintPoint,
} from '#core/domain/footprint.ts';
import type { GroupMetric } from './group-metrics.ts';
import type { MeteredGroup, MeteredSize } from './metered-group.ts';

/** Values of one group, by metric and by start of the period (Unix seconds). */
export type GroupValues = ReadonlyMap<GroupMetric, ReadonlyMap<number, number>>;

/** Whether a metric of the period that begins at a time stands still. */
export type IsComplete = (metric: GroupMetric, startSeconds: number) => boolean;

/**
 * Usage of a group, summed over its instances, or of a service, summed over its tasks:
 * - cpu in cores = CPUUtilization (mean of the instances, percent) ÷ 100 × vCPUs × instances, near
 *   100 % an estimate of the demand behind it (`demandBehind`);
 * - memory in bytes = mem_used_percent ÷ 100 × memory of an instance × instances, if the CloudWatch
 *   agent publishes it, or ECS's MemoryUtilization in its place;
 * - disk in bytes/s = (EBS + instance store, read + written) ÷ period. A metric that is not
 *   published counts as zero; if none is published, disk is null;
 * - network in bytes/s = (in + out) ÷ period, with the same rule.
 *
 * A group with weights holds its GroupInServiceCapacity × what a unit holds, where CloudWatch has
 * that metric. Otherwise it holds as many instances of today's mean size as it had then.
 *
 * The number of instances is GroupInServiceInstances. If group metrics are disabled, it is the
 * number of CPUUtilization samples in the period ÷ the samples that one instance publishes.
 *
 * A metric that still changes in a period counts as if it was not there; a sum of which one is
 * published and still changes is null, because part of it would look like a drop in usage.
 * @param isComplete everything is where absent.
 */
export function groupFootprints(
  values: GroupValues,
  group: MeteredGroup,
  periodSeconds: number,
  isComplete: IsComplete = () => true,
): readonly FootprintPoint[] {
  const times = new Set([...values.values()].flatMap((series) => [...series.keys()]));
  return [...times]
    .sort((a, b) => a - b)
    .map((timestampSeconds) => ({
      timestampSeconds,
      footprint: footprintAt(
        (metric) => {
          const series = values.get(metric);
          if (series === undefined || series.size === 0) return null;
          if (!isComplete(metric, timestampSeconds)) return NaN;
          return series.get(timestampSeconds) ?? null;
        },
        group,
        periodSeconds,
      ),
    }))
    .filter(({ footprint }) => RESOURCES.some((resource) => footprint[resource] !== null));
}

/** Value of a metric in a period, null if CloudWatch has none, NaN while it still changes. */
export type ValueOf = (metric: GroupMetric) => number | null;

function footprintAt(valueOf: ValueOf, group: MeteredGroup, periodSeconds: number): Footprint {
  const footprint = usageAt(valueOf, group, periodSeconds);
  return perResource((resource) => {
    const value = footprint[resource];
    return Number.isNaN(value) ? null : value;
  });
}

function usageAt(valueOf: ValueOf, group: MeteredGroup, periodSeconds: number): Footprint {
  const size = sizeAt(valueOf, group, periodSeconds);
  // A mean of some of the samples looks like any other: their number tells whether all are there.
  const isCounted = !Number.isNaN(valueOf('cpuSamples'));
  const cpuPercent = isCounted ? valueOf('cpuPercent') : null;
  const memoryPercent = valueOf('memoryPercent');
  const rateOf = (...metrics: readonly GroupMetric[]) => {
    const published = metrics.map(valueOf).filter((value) => value !== null);
    if (published.length === 0) return null;
    return published.reduce((sum, value) => sum + value, 0) / periodSeconds;
  };
  return {
    cpu: size === null || cpuPercent === null ? null : cpuDemand(cpuPercent / 100, size.vcpus),
    memory:
      size === null || memoryPercent === null ? null : (memoryPercent / 100) * size.memoryBytes,
    disk: rateOf('ebsRead', 'ebsWrite', 'diskRead', 'diskWrite'),
    network: rateOf('networkIn', 'networkOut'),
  };
}

/** What the instances of a group held together in a period; null if no metric tells. */
function sizeAt(valueOf: ValueOf, group: MeteredGroup, periodSeconds: number): MeteredSize | null {
  const units = group.unit === undefined ? null : valueOf('inServiceUnits');
  const isInUnits = units !== null && !Number.isNaN(units);
  const count = isInUnits ? units : instancesAt(valueOf, group, periodSeconds);
  const { vcpus, memoryBytes } = (isInUnits && group.unit) || group;
  return count === null ? null : { vcpus: vcpus * count, memoryBytes: memoryBytes * count };
}

/**
 * From this share on, use is above what is reserved: a service on hosts of its own may take what
 * they have left, and says all it wants.
 */
const UNLIMITED_FROM = 1.05;

function cpuDemand(share: number, cores: number): number {
  return share > UNLIMITED_FROM ? share * cores : demandBehind(share * cores, cores);
}

/** Instances of a group in a period, null if no metric tells; see `groupFootprints`. */
export function instancesAt(
  valueOf: ValueOf,
  { monitoringSeconds }: MeteredGroup,
  periodSeconds: number,
): number | null {
  const samples = valueOf('cpuSamples');
  const counted = samples === null ? null : (samples * monitoringSeconds) / periodSeconds;
  const inService = valueOf('inService');
  return inService === null || Number.isNaN(inService) ? counted : inService;
}
