import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';
import type { GroupMetric } from './group-metrics.ts';
import { callsOf } from './group-queries.ts';
import type { MemoryMetric } from './memory-metric.ts';
import type { MeteredGroup } from './metered-group.ts';
import { readGroupValues, type GroupReading } from './read-group-values.ts';

/** Long enough that every metric that is published at all has a value. */
const PROBED_SECONDS = 3 * 3600;
const PERIOD_SECONDS = 300;
/**
 * Thresholds for the samples of one instance in a period: basic monitoring gives one, detailed
 * monitoring five, and fine monitoring of a service fifteen.
 */
const DETAILED_SAMPLES = 3;
const FINE_SAMPLES = 10;

export interface ProbedGroup {
  readonly applicationId: string;
  /** Instances in service now, for groups that do not publish their number of instances. */
  readonly instances: number;
  readonly memoryMetric?: MemoryMetric;
  /** Whether its instances have weights, so that its capacity in units is looked for too. */
  readonly isWeighted?: boolean;
}

/** Metrics that CloudWatch received for a group in the last three hours. */
export interface GroupProbe {
  readonly published: ReadonlySet<GroupMetric>;
  /**
   * 60 with detailed monitoring, 300 with basic monitoring, 20 with fine monitoring of a service,
   * null if no CPU was published.
   */
  readonly monitoringSeconds: MeteredGroup['monitoringSeconds'] | null;
}

/**
 * Finds out which metrics each group publishes and how often. CloudWatch charges for the queries;
 * see docs/aws/cost.md.
 * @param metrics the metrics to look for; all where absent.
 * @throws whatever the SDK throws.
 */
export async function probeGroups(
  client: CloudWatchClient,
  groups: readonly ProbedGroup[],
  nowSeconds: number,
  metrics?: readonly GroupMetric[],
): Promise<ReadonlyMap<string, GroupProbe>> {
  const toSeconds = Math.floor(nowSeconds / PERIOD_SECONDS) * PERIOD_SECONDS;
  const range = { fromSeconds: toSeconds - PROBED_SECONDS, toSeconds };
  const probes = new Map<string, GroupProbe>();
  const instancesOf = new Map(groups.map((group) => [group.applicationId, group.instances]));
  const metered = groups.map(({ applicationId, memoryMetric, isWeighted }) => ({
    ...UNKNOWN_INSTANCES,
    applicationId,
    ...(memoryMetric && { memoryMetric }),
    ...(isWeighted && { unit: UNKNOWN_SIZE }),
    ...(metrics && { metrics }),
  }));
  const periodSeconds = PERIOD_SECONDS;
  for (const call of callsOf(metered)) {
    for (const reading of await readGroupValues(client, call, { range, periodSeconds })) {
      const { applicationId } = reading.group;
      probes.set(applicationId, probeOf(reading, instancesOf.get(applicationId) ?? 0));
    }
  }
  return probes;
}

/** The probe only checks which metrics exist, so instance sizes do not matter. */
const UNKNOWN_SIZE = { vcpus: 1, memoryBytes: 0 } as const;
const UNKNOWN_INSTANCES = {
  ...UNKNOWN_SIZE,
  applicationType: null,
  monitoringSeconds: 300,
} as const;

function probeOf({ values }: GroupReading, instancesNow: number): GroupProbe {
  const published = new Set([...values].flatMap(([key, series]) => (series.size > 0 ? [key] : [])));
  const samples = [...(values.get('cpuSamples') ?? [])].flatMap(([at, count]) => {
    const instances = values.get('inService')?.get(at) ?? instancesNow;
    return instances > 0 ? [count / instances] : [];
  });
  if (samples.length === 0) return { published, monitoringSeconds: null };
  const typical = empiricalQuantile(Float64Array.from(samples).sort(), 0.5);
  if (typical >= FINE_SAMPLES) return { published, monitoringSeconds: 20 };
  return { published, monitoringSeconds: typical >= DETAILED_SAMPLES ? 60 : 300 };
}
