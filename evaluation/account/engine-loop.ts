import { demandBehind } from '#core/capacity/censored-demand.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { stepStart } from '#core/domain/align-time.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT, type Footprint, type FootprintPoint } from '#core/domain/footprint.ts';
import type { ScalingTarget } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { UsageMemories } from '#core/evidence/remember-usage.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { monitorApplication, type MonitoringPorts } from '#core/use-cases/monitor-application.ts';
import { trainApplication, type TrainingPorts } from '#core/use-cases/train-application.ts';
import type { AccountWorld } from './account-world.ts';
import type { AccountGroup, GroupSizes } from './group-contract.ts';
import type { MetricPeriod } from './metric-log.ts';

/** Stores and models of the engine in a simulated account. */
export interface EnginePorts
  extends TrainingPorts, ForecastPorts, Pick<MonitoringPorts, 'notifier' | 'openMetric'> {
  readonly incidents: IncidentStore;
}

export interface EngineOptions {
  readonly applicationId: string;
  readonly mode: 'scale-out' | 'full';
  /** Whether a dynamic policy of the group's own acts beside the engine. */
  readonly hasPolicy: boolean;
  readonly world: AccountWorld;
  /** Capacity of one unit of the group's sizes; no memory where it is not measured. */
  readonly unitCapacity: Footprint;
  /** Mean cores of one instance: CloudWatch counts instances, whatever their weights are. */
  readonly coresPerInstance: number;
  readonly settings: Settings;
  /** Seconds after the start of a step at which the schedule ticks. */
  readonly phaseSeconds: number;
  /** Seconds between two samples, and from the end of a period until it is complete. */
  readonly sampleSeconds: 60 | 300;
  readonly delaySeconds: number;
  /** Before it the engine only measures. */
  readonly actsFromSeconds: number;
}

/** The engine that steers a group of a simulated account, tick by tick. */
export interface EngineLoop {
  /** Ingests, monitors, trains where it is due, and decides, if a tick is due at this minute. */
  tick(nowSeconds: number): Promise<void>;
  /** The last decision; null before the first. */
  readonly decision: AllocationDecision | null;
}

/**
 * Runs the use cases that the functions call, in the order of the schedule: what is complete of the
 * metrics enters the history, the newest step is monitored, then a decision is made and applied as
 * the mode allows: `scale-out` raises the minimum, `full` sets the desired capacity too.
 */
export function createEngineLoop(
  ports: EnginePorts,
  options: EngineOptions & { readonly memories: UsageMemories },
): EngineLoop {
  const { applicationId, world, settings, phaseSeconds, memories } = options;
  const { stepSeconds, training } = settings;
  const initial = world.group.sizes;
  let ingestedTo = world.nowSeconds;
  let trainedAt = -Infinity;
  let decision: AllocationDecision | null = null;

  let rememberedTo = ingestedTo;

  /** Stores steps up to a time. Returns the newest, null where nothing was measured. */
  async function ingest(toSeconds: number, nowSeconds: number): Promise<Footprint | null> {
    const points = measuredPoints(options, { fromSeconds: ingestedTo, toSeconds, nowSeconds });
    for (const { timestampSeconds, footprint } of points) {
      if (timestampSeconds < rememberedTo) continue;
      memories.cpu?.push(footprint.cpu ?? NaN);
      memories.memory?.push(footprint.memory ?? NaN);
      rememberedTo = timestampSeconds + stepSeconds;
    }
    if (points.length > 0) {
      await ports.history.append([{ applicationId, applicationType: null, points }]);
    }
    return points.at(-1)?.footprint ?? null;
  }

  return {
    get decision() {
      return decision;
    },
    async tick(nowSeconds) {
      if ((nowSeconds - phaseSeconds) % stepSeconds !== 0) return;
      const complete = stepStart(nowSeconds - options.delaySeconds, stepSeconds);
      const newest = await ingest(complete, nowSeconds);
      ingestedTo = Math.max(ingestedTo, complete);
      if (nowSeconds < options.actsFromSeconds) return;
      if (nowSeconds - trainedAt >= training.everySeconds) {
        trainedAt = nowSeconds;
        await trainApplication(ports, applicationId, nowSeconds, settings);
      }
      const { history, profiles, incidents, notifier, openMetric } = ports;
      const monitoring = { history, profiles, incidents, notifier };
      if (newest !== null) {
        await monitorApplication(
          { ...monitoring, ...(openMetric && { openMetric }) },
          { applicationId, nowSeconds },
          settings,
        );
      }
      // What is complete of the step that goes on is its best estimate. The next tick stores the
      // whole step in its place.
      const ahead = stepStart(nowSeconds, stepSeconds) + stepSeconds;
      const isWhole = ingestedTo === ahead - stepSeconds;
      if (isWhole) await ingest(ahead, nowSeconds);
      const ownMinimum = ownMinimumAt(world.group, initial, nowSeconds);
      const target = targetOf(options, ownMinimum);
      const request = {
        applicationId,
        applicationType: null,
        requested: null,
        nowSeconds,
        seesCurrentStep: true,
      };
      ({ decision } = await allocate({ ...ports, memories, target }, request, settings));
      apply(world.group, { decision, ownMinimum, mode: options.mode });
    },
  };
}

/** Complete steps as footprints; use near saturation is corrected sample by sample. */
function measuredPoints(
  options: EngineOptions,
  range: { readonly fromSeconds: number; readonly toSeconds: number; readonly nowSeconds: number },
): FootprintPoint[] {
  const { world, coresPerInstance, sampleSeconds, settings } = options;
  const { stepSeconds } = settings;
  const samples = world.metrics.read({ ...range, periodSeconds: sampleSeconds });
  const memoryAt = measuredMemory(options, range);
  const points: FootprintPoint[] = [];
  for (let at = range.fromSeconds; at < range.toSeconds; at += stepSeconds) {
    const own = samples.filter(
      ({ startSeconds }) => startSeconds >= at && startSeconds < at + stepSeconds,
    );
    if (own.length === 0) continue;
    const cpu =
      own.reduce((sum, period) => sum + coresOf(period, coresPerInstance), 0) / own.length;
    const footprint = { ...EMPTY_FOOTPRINT, cpu, memory: memoryAt.get(at) ?? null };
    points.push({ timestampSeconds: at, footprint });
  }
  return points;
}

/** Bytes by the start of the step; memory is taken to grow with an instance's weight. */
function measuredMemory(
  { world, unitCapacity, coresPerInstance, settings: { stepSeconds } }: EngineOptions,
  range: { readonly fromSeconds: number; readonly toSeconds: number; readonly nowSeconds: number },
): ReadonlyMap<number, number> {
  const periods = world.memoryMetrics?.read({ ...range, periodSeconds: stepSeconds }) ?? [];
  const { cpu: unitCores, memory: unitBytes } = unitCapacity;
  if (unitBytes === null || unitCores === null) return new Map();
  const instanceBytes = unitBytes * (coresPerInstance / unitCores);
  return new Map(
    periods.flatMap(({ startSeconds, utilization, instances }) =>
      instances === null ? [] : [[startSeconds, utilization * instances * instanceBytes] as const],
    ),
  );
}

function coresOf(
  { utilization, instances, samples }: MetricPeriod,
  coresPerInstance: number,
): number {
  const cores = (instances ?? samples) * coresPerInstance;
  return demandBehind(utilization * cores, cores);
}

/** The owner's minimum: that of the last scheduled action that set one, else the first. */
function ownMinimumAt(
  { scheduledActions }: AccountGroup,
  initial: GroupSizes,
  nowSeconds: number,
): number {
  const last = scheduledActions.findLast(
    ({ atSeconds, min }) => atSeconds <= nowSeconds && min !== undefined,
  );
  return last?.min ?? initial.min;
}

function targetOf(
  { world, unitCapacity, hasPolicy }: EngineOptions,
  ownMinimum: number,
): ScalingTarget {
  const { group } = world;
  const pending = group.instances
    .filter(({ state }) => state.startsWith('Pending'))
    .reduce((sum, { type }) => sum + type.weight, 0);
  return {
    describe: async () => ({
      desiredInstances: group.sizes.desired,
      inServiceInstances: group.serving.units,
      pendingInstances: pending,
      limits: { minInstances: ownMinimum, maxInstances: group.sizes.max },
      instanceCapacity: unitCapacity,
      hasPolicy,
    }),
    // The mode decides how a decision is applied, see `apply`.
    setDesired: async () => undefined,
  };
}

/** The same rules as functions/allocation/apply-decision.ts. */
function apply(
  group: AccountGroup,
  how: {
    readonly decision: AllocationDecision;
    readonly ownMinimum: number;
    readonly mode: EngineOptions['mode'];
  },
): void {
  const { decision, ownMinimum, mode } = how;
  if (decision.reason.source === 'default') {
    if (group.sizes.min !== ownMinimum) group.update({ min: ownMinimum });
    return;
  }
  const instances = Math.min(group.sizes.max, Math.max(ownMinimum, decision.instances));
  const isFull = mode === 'full' && instances !== group.sizes.desired;
  if (instances === group.sizes.min && !isFull) return;
  group.update({ min: instances, ...(isFull && { desired: instances }) });
}
