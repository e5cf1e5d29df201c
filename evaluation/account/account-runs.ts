import type { CapacityLimits } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { emptyMemories } from '#core/evidence/remember-usage.ts';
import type { ScheduledAction, SimulatedType } from './account-instance.ts';
import {
  createAccountWorld,
  type AccountWorld,
  type DemandTrace,
  type HeldMemory,
} from './account-world.ts';
import { createEngineLoop, type EnginePorts } from './engine-loop.ts';
import type { AccountGroup } from './group-contract.ts';
import { DETAILED, type MetricLog, type MonitoringRules } from './metric-log.ts';
import { createOwnPolicies, isDynamic, type OwnPolicy } from './own-policies.ts';
import { lessService, type ServiceTally } from './service-tally.ts';
import { createTrackingPolicy, type GroupPolicy } from './tracking-policy.ts';

/** One group of a simulated account. */
export interface AccountScenario {
  readonly applicationId: string;
  readonly demand: DemandTrace;
  /** Absent where nothing follows memory. */
  readonly memory?: HeldMemory;
  /** Cores of one unit of the group's sizes: of one instance where it has no weights. */
  readonly instanceCores: number;
  /** Types of its instances, in the order of their launches; one of `instanceCores` where absent. */
  readonly types?: readonly SimulatedType[];
  /** Limits and initial capacity in units. */
  readonly limits: CapacityLimits;
  readonly initialInstances: number;
  readonly scheduledActions?: readonly ScheduledAction[];
  readonly bootSeconds: number;
  readonly monitoring?: MonitoringRules;
  /** First step that counts, and in which the engine acts. */
  readonly fromStep: number;
}

/** What steers the group of a run. */
export interface RunSteering {
  /**
   * Target of the group's own policy. Null without one: its owner took one of 70 % away when the
   * engine took over.
   */
  readonly tracking: number | null;
  /**
   * All policies of the group, in place of `tracking`. In `full` the dynamic ones are taken away
   * when the engine takes over.
   */
  readonly policies?: readonly OwnPolicy[];
  /** Mode of the engine; null where the policy is alone. */
  readonly mode: 'scale-out' | 'full' | null;
  /** See `countService`. */
  readonly objective: number;
}

/** Alarms see a point a minute after its end: the service evaluates them every minute [a]. */
const ALARM_DELAY_SECONDS = 60;
/**
 * The schedule ticks a minute before a step ends: two minutes of it can be read by then, and what is
 * asked for serves as early in the next steps as its boot allows.
 */
const PHASE_SECONDS = 240;

/** Target of the policy that a group without one had before. */
export const FORMER_TARGET = 0.7;

/** The world of a scenario before its first minute. */
export function openWorld(scenario: AccountScenario, steering: RunSteering): AccountWorld {
  const { limits, bootSeconds, instanceCores, demand, monitoring = DETAILED } = scenario;
  const { tracking, policies, objective } = steering;
  const types = scenario.types ?? [{ name: 'simulated', cores: instanceCores, weight: 1 }];
  return createAccountWorld({
    demand,
    ...(scenario.memory && { memory: scenario.memory }),
    group: {
      sizes: {
        min: limits.minInstances,
        desired: scenario.initialInstances,
        max: limits.maxInstances,
      },
      bootSeconds,
      types,
      ...(scenario.scheduledActions && { scheduledActions: scenario.scheduledActions }),
    },
    monitoring,
    alarmDelaySeconds: ALARM_DELAY_SECONDS,
    policy: (group, alarmed, alarmedMemory) =>
      policies === undefined
        ? createTrackingPolicy(group, alarmed, {
            target: tracking ?? FORMER_TARGET,
            pointSeconds: monitoring.sampleSeconds,
            warmUpSeconds: bootSeconds,
          })
        : policiesOf({ group, alarmed, alarmedMemory, scenario, steering }, policies),
    ...(tracking === null &&
      policies === undefined && { policyUntilSeconds: takenOverSeconds(scenario) }),
    objective,
    countedFromStep: scenario.fromStep,
  });
}

function takenOverSeconds({ demand, fromStep }: AccountScenario): number {
  return demand.startSeconds + fromStep * demand.stepSeconds;
}

/** The group's own policies; in `full` the dynamic ones only until the engine takes over. */
function policiesOf(
  world: {
    readonly group: AccountGroup;
    readonly alarmed: MetricLog;
    readonly alarmedMemory: MetricLog | null;
    readonly scenario: AccountScenario;
    readonly steering: RunSteering;
  },
  policies: readonly OwnPolicy[],
): GroupPolicy {
  const { group, alarmed, alarmedMemory, scenario, steering } = world;
  const pointSeconds = (scenario.monitoring ?? DETAILED).sampleSeconds;
  const how = { alarmedMemory, pointSeconds };
  const actingAll = createOwnPolicies(group, alarmed, { ...how, policies });
  if (steering.mode !== 'full') return actingAll;
  const kept = policies.filter((policy) => !isDynamic(policy));
  const actingKept = createOwnPolicies(group, alarmed, { ...how, policies: kept });
  return {
    act(nowSeconds) {
      if (nowSeconds < takenOverSeconds(scenario)) actingAll.act(nowSeconds);
      // From the start, so that a predictive policy knows the past.
      actingKept.act(nowSeconds);
    },
  };
}

/** How a run served as a whole, and in each half of the time that counts. */
export interface ServiceRun extends ServiceTally {
  readonly halves: readonly [ServiceTally, ServiceTally];
}

/** The policy alone. */
export function runPolicy(scenario: AccountScenario, steering: RunSteering): ServiceRun {
  const world = openWorld(scenario, steering);
  const halfSeconds = halfTime(scenario);
  let first = world.tally();
  while (world.goesOn) {
    if (world.nowSeconds === halfSeconds) first = world.tally();
    world.passMinute();
  }
  return inHalves(first, world.tally());
}

/** The middle of the time that counts, at the start of a step. */
function halfTime({ demand, fromStep }: AccountScenario): number {
  const { startSeconds, stepSeconds, values } = demand;
  return startSeconds + Math.floor((fromStep + values.length) / 2) * stepSeconds;
}

function inHalves(first: ServiceTally, whole: ServiceTally): ServiceRun {
  return { ...whole, halves: [first, lessService(whole, first)] };
}

/** The engine, beside the group's policy or without one. */
export async function runEngine(
  ports: EnginePorts,
  { scenario, steering, settings }: EngineRun,
): Promise<ServiceRun> {
  const world = openWorld(scenario, steering);
  const { demand, applicationId, instanceCores, types, monitoring = DETAILED } = scenario;
  const { mode, policies } = steering;
  const memory = scenario.memory?.unitBytes ?? null;
  const unitCapacity = { ...EMPTY_FOOTPRINT, cpu: instanceCores, memory };
  const loop = createEngineLoop(ports, {
    applicationId,
    mode: mode ?? 'scale-out',
    hasPolicy: mode !== 'full' && (policies?.some(isDynamic) ?? true),
    world,
    unitCapacity,
    coresPerInstance: types === undefined ? instanceCores : meanCores(types),
    settings,
    phaseSeconds: PHASE_SECONDS,
    sampleSeconds: monitoring.sampleSeconds,
    delaySeconds: monitoring.delaySeconds,
    actsFromSeconds: takenOverSeconds(scenario),
    memories: emptyMemories({ instanceCapacity: unitCapacity }, demand.values.length + 1, settings),
  });
  const halfSeconds = halfTime(scenario);
  let first = world.tally();
  while (world.goesOn) {
    if (world.nowSeconds === halfSeconds) first = world.tally();
    world.passMinute();
    await loop.tick(world.nowSeconds);
  }
  return inHalves(first, world.tally());
}

function meanCores(types: readonly SimulatedType[]): number {
  return types.reduce((sum, { cores }) => sum + cores, 0) / types.length;
}

export interface EngineRun {
  readonly scenario: AccountScenario;
  readonly steering: RunSteering;
  /** With the share of CPU that may be used as its target utilization. */
  readonly settings: Settings;
}
