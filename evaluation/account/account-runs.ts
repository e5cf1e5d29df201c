import type { CapacityLimits } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { emptyMemories } from '#core/evidence/remember-usage.ts';
import { createAccountWorld, type AccountWorld, type DemandTrace } from './account-world.ts';
import { createEngineLoop, type EnginePorts } from './engine-loop.ts';
import { DETAILED, type MonitoringRules } from './metric-log.ts';
import type { ServiceTally } from './service-tally.ts';
import { createTrackingPolicy } from './tracking-policy.ts';

/** One group of a simulated account. */
export interface AccountScenario {
  readonly applicationId: string;
  readonly demand: DemandTrace;
  /** Cores of one instance. */
  readonly instanceCores: number;
  readonly limits: CapacityLimits;
  readonly initialInstances: number;
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
export function openWorld(
  scenario: AccountScenario,
  { tracking, objective }: RunSteering,
): AccountWorld {
  const { limits, bootSeconds, instanceCores, demand, monitoring = DETAILED } = scenario;
  return createAccountWorld({
    demand,
    group: {
      sizes: {
        min: limits.minInstances,
        desired: scenario.initialInstances,
        max: limits.maxInstances,
      },
      bootSeconds,
      types: [{ name: 'simulated', cores: instanceCores, weight: 1 }],
    },
    monitoring,
    alarmDelaySeconds: ALARM_DELAY_SECONDS,
    policy: (group, alarmed) =>
      createTrackingPolicy(group, alarmed, {
        target: tracking ?? FORMER_TARGET,
        pointSeconds: monitoring.sampleSeconds,
        warmUpSeconds: bootSeconds,
      }),
    ...(tracking === null && {
      policyUntilSeconds: demand.startSeconds + scenario.fromStep * demand.stepSeconds,
    }),
    objective,
    countedFromStep: scenario.fromStep,
  });
}

/** The policy alone. */
export function runPolicy(scenario: AccountScenario, steering: RunSteering): ServiceTally {
  const world = openWorld(scenario, steering);
  while (world.goesOn) world.passMinute();
  return world.tally();
}

/** The engine, beside the group's policy or without one. */
export async function runEngine(
  ports: EnginePorts,
  { scenario, steering, settings }: EngineRun,
): Promise<ServiceTally> {
  const world = openWorld(scenario, steering);
  const { demand, applicationId, instanceCores, fromStep, monitoring = DETAILED } = scenario;
  const capacity = { instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: instanceCores } };
  const loop = createEngineLoop(ports, {
    applicationId,
    mode: steering.mode ?? 'scale-out',
    world,
    instanceCores,
    settings,
    phaseSeconds: PHASE_SECONDS,
    sampleSeconds: monitoring.sampleSeconds,
    delaySeconds: monitoring.delaySeconds,
    actsFromSeconds: demand.startSeconds + fromStep * demand.stepSeconds,
    memories: emptyMemories(capacity, demand.values.length + 1, settings),
  });
  while (world.goesOn) {
    world.passMinute();
    await loop.tick(world.nowSeconds);
  }
  return world.tally();
}

export interface EngineRun {
  readonly scenario: AccountScenario;
  readonly steering: RunSteering;
  /** With the share of CPU that may be used as its target utilization. */
  readonly settings: Settings;
}
