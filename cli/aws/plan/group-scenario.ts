import { learnWarmUp } from '#core/capacity/learn-warm-up.ts';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { BASIC, DETAILED } from '#evaluation/account/metric-log.ts';
import type { PlannedModes } from '#evaluation/account/plan-modes.ts';
import type { ReplayedTraceApplication } from '#evaluation/replay/cluster-schedule.ts';
import type { PlannedGroup } from './planned-group.ts';
import { scheduledRuns } from './scheduled-runs.ts';

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
  const { unknown, policies, scheduledActions, startsSeconds } = group.scaling;
  const { types } = group;
  const first = values.cpu.findIndex((value) => !Number.isNaN(value));
  if (first === -1) return 'CloudWatch has no CPU of it';
  if (types.length === 0) return 'it runs no instance now, so its instances are unknown';
  if (unknown.length > 0) {
    return `what ${unknown.join(', ')} follows is no alarm or target of its average CPU`;
  }
  const units = types.reduce((sum, { weight }) => sum + weight, 0);
  const cores = types.reduce((sum, type) => sum + type.cores, 0);
  const toSeconds = startSeconds + values.cpu.length * stepSeconds;
  const evaluatedStep = (input.evaluatedFromSeconds - startSeconds) / stepSeconds;
  return {
    policies,
    objective: objectiveOf(group, settings),
    settings,
    scenario: {
      applicationId: group.name,
      demand: { startSeconds, stepSeconds, values: values.cpu },
      instanceCores: cores / units,
      types,
      limits: group.limits,
      initialInstances: initialUnits(input, units / types.length),
      bootSeconds: learnWarmUp(startsSeconds, settings.allocation.warmUpSeconds),
      monitoring: input.monitoringSeconds === 60 ? DETAILED : BASIC,
      scheduledActions: scheduledRuns(scheduledActions, { fromSeconds: startSeconds, toSeconds }),
      fromStep: Math.max(evaluatedStep, first),
    },
  };
}

/** As the functions count it: a target, then the configured share, then the default. */
function objectiveOf({ cpuTarget }: PlannedGroup, { allocation }: Settings): number {
  const { cpu } = allocation.targetUtilization;
  return cpuTarget === null && cpu < 1 ? cpu : serviceObjective(cpuTarget);
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
