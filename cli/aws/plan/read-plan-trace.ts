import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { meteredSize, type MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { probeGroups } from '#adapters/aws/cloudwatch/probe-groups.ts';
import { readInstances } from '#adapters/aws/cloudwatch/read-instances.ts';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { ReplayedTraceApplication } from '#evaluation/replay/cluster-schedule.ts';
import type { ReplayedGroup } from '#evaluation/replay/replay-job.ts';
import type { PlannedGroup } from './planned-group.ts';

/** Data that CloudWatch still has for groups. */
export interface PlanTrace {
  readonly applications: readonly ReplayedTraceApplication[];
  /** Number of instances, by group and start of the step. */
  readonly instances: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Seconds between two samples of CPU, by group. */
  readonly monitoringSeconds: ReadonlyMap<string, 60 | 300>;
  readonly notices: readonly string[];
}

/**
 * Reads the groups' usage from CloudWatch as ingestion does, on one regular grid. Groups without
 * data are omitted.
 * @throws MetricReadError if a group could not be read completely.
 */
export async function readPlanTrace(
  client: CloudWatchClient,
  groups: readonly PlannedGroup[],
  { range, stepSeconds }: { readonly range: TimeRange; readonly stepSeconds: number },
): Promise<PlanTrace> {
  const metered = await meteredGroups(client, groups, range.toSeconds);
  const history = createMemoryHistoryStore();
  const source = createCloudwatchMetricSource({
    client,
    groups: metered,
    periodSeconds: stepSeconds,
  });
  for await (const points of source.read(range)) await history.append([points]);
  const instances = await readInstances(client, metered, { range, periodSeconds: stepSeconds });
  const storedIds = new Set((await history.applications()).map((stored) => stored.applicationId));
  const measured = groups.filter(({ name }) => storedIds.has(name));
  const applications = await Promise.all(
    measured.map(async ({ name: applicationId, applicationType, ...group }) => {
      const window = await history.read(applicationId, range, stepSeconds);
      return { applicationId, applicationType, window, ...replayedGroup(group) };
    }),
  );
  const notices = [
    ...groups.flatMap((group) => noticesOf(group, storedIds.has(group.name))),
    ...pastNotice(measured, metered),
  ];
  const monitoringSeconds = new Map(
    metered.map(({ applicationId, monitoringSeconds: seconds }) => {
      // The simulated group is sampled every minute at the finest.
      return [applicationId, seconds === 20 ? 60 : seconds] as const;
    }),
  );
  return { applications, instances, monitoringSeconds, notices };
}

async function meteredGroups(
  client: CloudWatchClient,
  groups: readonly PlannedGroup[],
  nowSeconds: number,
): Promise<readonly MeteredGroup[]> {
  const probed = groups.map(({ name, inService, types }) => ({
    applicationId: name,
    instances: inService,
    isWeighted: types.some(({ weight }) => weight !== 1),
  }));
  const probes = await probeGroups(client, probed, nowSeconds);
  return groups.map(({ name, applicationType, meteredCapacity, instanceCapacity }) => {
    const probe = probes.get(name);
    return {
      applicationId: name,
      applicationType,
      ...meteredSize(meteredCapacity ?? EMPTY_FOOTPRINT),
      ...(probe?.published.has('inServiceUnits') && {
        unit: meteredSize(instanceCapacity ?? EMPTY_FOOTPRINT),
      }),
      monitoringSeconds: probe?.monitoringSeconds ?? 300,
    };
  });
}

function replayedGroup({
  instanceCapacity,
  limits,
  inService,
}: Pick<PlannedGroup, 'instanceCapacity' | 'limits' | 'inService'>): {
  readonly group?: ReplayedGroup;
} {
  if (instanceCapacity === null) return {};
  const { minInstances, maxInstances } = limits;
  const initialInstances = Math.min(maxInstances, Math.max(minInstances, inService));
  return { group: { instanceCapacity, limits, initialInstances } };
}

/** CloudWatch does not keep the types that a group had. */
function pastNotice(
  groups: readonly PlannedGroup[],
  metered: readonly MeteredGroup[],
): readonly string[] {
  const sized = groups.filter(({ instanceTypes }) => instanceTypes.length > 0);
  if (sized.length === 0) return [];
  const counted = sized.map(({ name, instanceTypes }) => {
    const isInUnits = metered.some(({ applicationId, unit }) => unit && applicationId === name);
    const types = instanceTypes.join(', ');
    if (isInUnits) return `${name} (${types}, by GroupInServiceCapacity)`;
    return `${name} (${instanceTypes.length > 1 ? `mean of ${types}` : types})`;
  });
  return [`past use is counted with the sizes of today's instances: ${counted.join('; ')}`];
}

function noticesOf({ name, instanceCapacity }: PlannedGroup, isMeasured: boolean): string[] {
  if (!isMeasured) return [`${name}: CloudWatch has no data of it in this time; omitted`];
  if (instanceCapacity !== null) return [];
  return [`${name}: runs no instance now, so an instance of a twelfth of its peak is assumed`];
}
