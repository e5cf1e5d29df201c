import { learnWarmUp } from '#core/capacity/learn-warm-up.ts';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { BASIC, DETAILED } from '#evaluation/account/metric-log.ts';
import type { OwnPolicy } from '#evaluation/account/own-policies.ts';
import type { PlannedModes } from '#evaluation/account/plan-modes.ts';
import type { ReplayedTraceApplication } from '#evaluation/replay/cluster-schedule.ts';
import type { OwnScaling } from './own-scaling.ts';
import type { PlannedGroup } from './planned-group.ts';
import { scheduledRuns, scheduledTargetRuns } from './scheduled-runs.ts';

export interface ScenarioInput {
  readonly group: PlannedGroup;
  readonly application: ReplayedTraceApplication;
  /** Number of instances by the start of the step, as far as CloudWatch has it. */
  readonly instances: ReadonlyMap<number, number>;
  /** Seconds between two samples of CPU. */
  readonly monitoringSeconds: 60 | 300;
  readonly evaluatedFromSeconds: number;
  readonly settings: Settings;
}

/**
 * A group as the simulated account takes it: its own types, weights, limits, policies, schedule and
 * boot time, and the CPU that it used as its demand.
 * @returns why the group cannot be simulated, as the end of a sentence, where it cannot.
 */
export function groupScenario(input: ScenarioInput): PlannedModes | string {
  const { group, application, settings } = input;
  const { startSeconds, stepSeconds, values } = application.window;
  const { unknown, policies, startsSeconds } = group.scaling;
  const { types } = group;
  const first = values.cpu.findIndex((value) => !Number.isNaN(value));
  if (first === -1) return 'CloudWatch has no CPU of it';
  if (types.length === 0) return 'it runs no instance now, so its instances are unknown';
  if (unknown.length > 0) {
    return `what ${unknown.join(', ')} follows is no alarm or target of its average CPU or memory`;
  }
  const memory = heldMemory(input);
  if (memory === null && policies.some(followsMemory)) {
    return 'a policy of it follows memory, which CloudWatch has no use of';
  }
  const units = types.reduce((sum, { weight }) => sum + weight, 0);
  const cores = types.reduce((sum, type) => sum + type.cores, 0);
  const toSeconds = startSeconds + values.cpu.length * stepSeconds;
  const range = { fromSeconds: startSeconds, toSeconds };
  const evaluatedStep = (input.evaluatedFromSeconds - startSeconds) / stepSeconds;
  return {
    policies,
    objective: objectiveOf(group, settings),
    settings: heldToTarget(group, settings),
    scenario: {
      applicationId: group.name,
      demand: { startSeconds, stepSeconds, values: values.cpu },
      ...(memory && { memory }),
      instanceCores: cores / units,
      types,
      limits: group.limits,
      initialInstances: initialUnits(input, units / types.length),
      bootSeconds: learnWarmUp(startsSeconds, settings.allocation.warmUpSeconds),
      monitoring: input.monitoringSeconds === 60 ? DETAILED : BASIC,
      scheduledActions: runsOf(group.scaling, range),
      fromStep: Math.max(evaluatedStep, first),
    },
  };
}

/** Memory of a group that a policy scales by it; null where it is not measured, or nobody asks. */
function heldMemory({
  group,
  application,
}: ScenarioInput): PlannedModes['scenario']['memory'] | null {
  const { policies } = group.scaling;
  const { memory } = application.window.values;
  const unitBytes = group.instanceCapacity?.memory ?? 0;
  if (!policies.some(followsMemory) || unitBytes === 0 || memory.every(Number.isNaN)) return null;
  return { values: memory, unitBytes };
}

function followsMemory(policy: OwnPolicy): boolean {
  return policy.kind !== 'predictive' && policy.resource === 'memory';
}

function runsOf({ scheduledActions, scheduledTargets }: OwnScaling, range: TimeRange) {
  return scheduledTargets === undefined
    ? scheduledRuns(scheduledActions, range)
    : scheduledTargetRuns(scheduledTargets, range);
}

/** As the functions count it: a target, then the configured share, then the default. */
function objectiveOf({ cpuTarget }: PlannedGroup, { allocation }: Settings): number {
  const { cpu } = allocation.targetUtilization;
  return cpuTarget === null && cpu < 1 ? cpu : serviceObjective(cpuTarget);
}

/** As the functions count it: a group without a policy is held to the target of its tag. */
function heldToTarget({ cpuTarget }: PlannedGroup, settings: Settings): Settings {
  const { allocation } = settings;
  const policyTarget = cpuTarget ?? allocation.policyTarget;
  return { ...settings, allocation: { ...allocation, policyTarget } };
}

function initialUnits({ group, instances }: ScenarioInput, unitsPerInstance: number): number {
  const { minInstances, maxInstances } = group.limits;
  const earliest = [...instances].reduce<readonly [number, number] | null>(
    (found, entry) => (found === null || entry[0] < found[0] ? entry : found),
    null,
  );
  const count = earliest?.[1] ?? group.inService;
  const units = Math.round(count * unitsPerInstance);
  return Math.min(maxInstances, Math.max(minInstances, units));
}
