import { footprintAt } from '#core/domain/footprint-at.ts';
import { perResource, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { FALLBACK_TYPE } from '#core/domain/settings/type-defaults.ts';
import { WHOLE_SERVICE, type ServiceRule } from '#evaluation/simulation/service-rule.ts';
import type { SimulationOptions } from '#evaluation/simulation/simulate-policy.ts';
import { demandInInstances, sizeInstance } from '#evaluation/simulation/size-instances.ts';
import type { ReplayJob } from './replay-job.ts';

const MIN_INSTANCES = 1;
const MAX_INSTANCES = 48;
/**
 * What every policy starts with, and what an application without any history gets: a third of the
 * peak.
 */
const INITIAL_INSTANCES = 4;

/**
 * The application as the replay sets it up: its instances, its demand in instances, and the rules
 * of its group.
 */
export interface Scenario {
  readonly instanceCapacity: Footprint;
  /** The same without resources that limit nothing. */
  readonly sizes: Readonly<Partial<Record<Resource, number>>>;
  /** Need in instances per step, NaN where not measured. */
  readonly demand: Float64Array;
  /** First step with a measurement: before it the application does not exist. */
  readonly firstStep: number;
  readonly options: SimulationOptions;
  readonly service: ServiceRule;
}

/**
 * Takes the application's own group, or sizes it and lays down the rules of a group; see
 * `sizeInstance`.
 */
export function scenarioOf({ window, settings, fromStep, group, plan }: ReplayJob): Scenario {
  const given = group?.instanceCapacity ?? plan.instance;
  const sizes: Partial<Record<Resource, number>> = {};
  for (const resource of settings.resources) {
    const size = given ? (given[resource] ?? null) : sizeInstance(window, resource);
    if (size !== null && size > 0) sizes[resource] = size;
  }
  const steps = window.values.cpu.length;
  const firstStep = firstMeasured(window.values, settings.resources) ?? steps;
  return {
    instanceCapacity: perResource((resource) => sizes[resource] ?? null),
    sizes,
    demand: demandInInstances(window, settings.resources, sizes),
    firstStep,
    options: {
      limits: group?.limits ?? { minInstances: MIN_INSTANCES, maxInstances: MAX_INSTANCES },
      warmUpSteps: Math.ceil(settings.allocation.warmUpSeconds / window.stepSeconds),
      initial: group?.initialInstances ?? INITIAL_INSTANCES,
      fromStep: Math.max(fromStep, firstStep),
      toStep: steps,
    },
    service: plan.service ?? WHOLE_SERVICE,
  };
}

function firstMeasured(
  values: Readonly<Record<Resource, Float64Array>>,
  resources: readonly Resource[],
): number | null {
  const firsts = resources
    .map((resource) => values[resource].findIndex((value) => !Number.isNaN(value)))
    .filter((index) => index !== -1);
  return firsts.length === 0 ? null : Math.min(...firsts);
}

/**
 * The job's settings with the scenario's instances as the default of every type, planning for no
 * more of an instance than serves well.
 */
export function settingsOfScenario(
  settings: Settings,
  { sizes, instanceCapacity, options, service }: Scenario,
): Settings {
  const defaults = {
    allocation: perResource((r) => (sizes[r] === undefined ? null : options.initial * sizes[r])),
    instanceCapacity,
    ...options.limits,
  };
  const { allocation } = settings;
  return {
    ...settings,
    allocation: {
      ...allocation,
      targetUtilization: perResource((resource) =>
        Math.min(allocation.targetUtilization[resource], service.objective),
      ),
      useEndsAtCapacity: service.isCapped,
      defaultsByType: { [FALLBACK_TYPE]: defaults },
    },
  };
}

/** What was measured of the replayed resources in one step. */
export function replayedFootprint({ window, settings }: ReplayJob, step: number): Footprint {
  const measured = footprintAt(window, step);
  return perResource((resource) =>
    settings.resources.includes(resource) ? measured[resource] : null,
  );
}
