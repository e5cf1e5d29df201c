import type { AllocationDecision } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT, type Footprint, type Resource } from '#core/domain/footprint.ts';
import { createDecisionLog, type DecisionLog } from '#evaluation/replay/decision-log.ts';
import type {
  ApplicationReplay,
  PolicySummary,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import { verdictOf } from '#evaluation/service/verdict.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { worstShortage } from '#evaluation/simulation/worst-shortage.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import { fixtureCandidates } from './fixture-candidates.ts';
import { fixtureIncidents } from './fixture-incidents.ts';
import { DAY_STEPS, shape, START, STEP } from './fixture-shape.ts';

const LEVELS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99];
const NORMAL = [-2.33, -1.96, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28];
const QUANTILES = [...NORMAL, 1.64, 1.96, 2.33];
const TYPES = ['web', 'batch', 'worker', 'internal', null];
const UNIT: Readonly<Record<Resource, number>> = {
  cpu: 8,
  memory: 24 * 2 ** 30,
  disk: 40e6,
  network: 25e6,
};
const CAPACITY: Readonly<Record<Resource, number>> = {
  cpu: 2,
  memory: 4 * 2 ** 30,
  disk: 100e6,
  network: 75e6,
};

/**
 * A seeded generator (Numerical Recipes' linear congruence): the fixture is the same everywhere.
 */
function seeded(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Course {
  readonly actual: Float64Array;
  readonly median: Float64Array;
  readonly width: Float64Array;
}

function course(kind: number, steps: number, scale: number): Course {
  const random = seeded(kind + 1);
  const actual = new Float64Array(steps);
  const median = new Float64Array(steps);
  const width = new Float64Array(steps);
  for (let k = 0; k < steps; k += 1) {
    const level = shape(kind % 5, k) * scale;
    const noise = (random() + random() + random() - 1.5) * 0.14;
    const spike = kind % 5 === 0 && k >= 2360 && k < 2390 ? 1.9 : 1;
    actual[k] = level * spike * (1 + noise);
    median[k] = level;
    width[k] = level * 0.085;
    if (k >= 1500 && k < 1500 + 40 * (kind % 3)) actual[k] = NaN;
  }
  return { actual, median, width };
}

function evaluatedOnly(values: Float64Array, from: number): Float64Array {
  return values.map((value, k) => (k < from ? NaN : value));
}

function expectedInterval({ median, width }: Course, from: number): ApplicationReplay['expected'] {
  const offset = (quantile: number) =>
    evaluatedOnly(
      median.map((value, k) => Math.max(0, value + quantile * width[k]!)),
      from,
    );
  return { lower: offset(-2.33), median: offset(0), upper: offset(2.33) };
}

function fan({ median, width }: Course, steps: number): QuantileForecast {
  const horizon = DAY_STEPS;
  const origin = steps - horizon - 20;
  const values = new Float64Array(horizon * LEVELS.length);
  for (let h = 0; h < horizon; h += 1) {
    const spread = (width[origin + h] ?? 0) * (1 + h / 150);
    QUANTILES.forEach((quantile, l) => {
      values[h * LEVELS.length + l] = Math.max(0, median[origin + h]! + quantile * spread);
    });
  }
  return {
    originSeconds: START + origin * STEP,
    stepSeconds: STEP,
    horizon,
    levels: LEVELS,
    values,
  };
}

/**
 * In service = ceil(margin × largest demand of the last steps): a ten-line policy that looks like
 * one.
 */
function follow(demand: Float64Array, margin: number, lag: number): Float64Array {
  let held = 1;
  return demand.map((_, k) => {
    const past = demand.subarray(Math.max(0, k - lag), k).filter((value) => !Number.isNaN(value));
    if (past.length > 0) held = Math.max(1, Math.min(48, Math.ceil(margin * Math.max(...past))));
    return held;
  });
}

/** Counts what a policy held and missed, independently of the report. */
function summarize(name: string, demand: Float64Array, held: Float64Array): PolicySummary {
  let hours = 0;
  let needed = 0;
  let missed = 0;
  let short = 0;
  let steps = 0;
  let actions = 0;
  for (let k = 7 * DAY_STEPS; k < demand.length; k += 1) {
    hours += (held[k]! * STEP) / 3600;
    if (held[k] !== held[k - 1]) actions += 1;
    if (Number.isNaN(demand[k]!)) continue;
    steps += 1;
    needed += demand[k]!;
    missed += Math.max(0, demand[k]! - held[k]!);
    if (demand[k]! > held[k]!) short += 1;
  }
  return {
    name,
    instanceHours: hours,
    unservedDemand: missed / needed,
    unservedHours: (missed * STEP) / 3600,
    shortSteps: short / steps,
    scalingActions: actions,
    meanUtilization: (needed - missed) / ((hours * 3600) / STEP),
    elasticity: {
      underProvisioning: 0.01,
      overProvisioning: 0.2,
      underTimeshare: 0.02,
      overTimeshare: 0.7,
      instability: 0.3,
      speedup: 1,
    },
  };
}

function only(resources: readonly Resource[], amount: (resource: Resource) => number): Footprint {
  return {
    ...EMPTY_FOOTPRINT,
    ...Object.fromEntries(resources.map((resource) => [resource, amount(resource)])),
  };
}

function decisionAt(
  applicationId: string,
  { step: k, instances }: { readonly step: number; readonly instances: number },
  resources: readonly Resource[],
): AllocationDecision {
  const at = START + k * STEP;
  return {
    applicationId,
    decidedAtSeconds: at,
    validUntilSeconds: at + STEP,
    allocated: only(resources, (resource) => instances * CAPACITY[resource]),
    instances,
    expected: { atSeconds: 0, byResource: {} },
    reason: {
      source: 'forecast',
      forecast: only(
        resources,
        // Not the same in two steps, as in life: what the report keeps of it is as large.
        (resource) => (instances - 0.07 - ((k * 0.6180339) % 1) * 0.4) * CAPACITY[resource],
      ),
      quantile: 0.9,
      available: only(resources, (resource) => 48 * CAPACITY[resource]),
      unreliable: k % 7 === 0 ? resources.slice(0, 1) : [],
      safetyMargin: only(resources, (r) => (k % 7 === 0 ? 0.02 * CAPACITY[r] : 0)),
      correction: EMPTY_FOOTPRINT,
      limits: { minInstances: 1, maxInstances: 48 },
      instanceCapacity: only(resources, (resource) => CAPACITY[resource]),
      instances: {
        ...{ current: instances, asked: instances, kept: instances, floor: 0 },
        leastShare: 0.1,
        lastShare: 0.1 + ((k * 0.7548776) % 1) * 0.6,
        nextShare: 0.1 - ((k * 0.5698402) % 1) * 0.1,
      },
      model: Object.fromEntries(resources.map((r) => [r, 'exponential-smoothing'])),
      profileVersion: 3,
      summary: `The 90th percentile of the next 10 minutes needs ${instances} instances; limits 1 to 48.`,
    },
  };
}

/** The newest decisions that changed something, newest first. */
function decisions(
  applicationId: string,
  held: Float64Array,
  resources: readonly Resource[],
): readonly AllocationDecision[] {
  const found: AllocationDecision[] = [];
  for (let k = held.length - 1; k > 0 && found.length < 200; k -= 1) {
    if (held[k] === held[k - 1]) continue;
    found.push(decisionAt(applicationId, { step: k, instances: held[k]! }, resources));
  }
  return found;
}

function decisionLog(
  applicationId: string,
  { held, fromStep }: { readonly held: Float64Array; readonly fromStep: number },
  resources: readonly Resource[],
): DecisionLog {
  const writer = createDecisionLog(held.length, resources);
  for (let step = fromStep; step < held.length; step++) {
    const decision = decisionAt(applicationId, { step, instances: held[step]! }, resources);
    writer.note(step, { decision, before: held[step - 1]!, serving: held[step]! });
  }
  return writer.log;
}

/** One of five kinds of applications. */
export function fixtureApplication(
  kind: number,
  id: string,
  trace: ReplayTrace,
): ApplicationReplay {
  const { steps, resources } = trace;
  const courses = resources.map(
    (resource, r) => [resource, course(kind + r * 5 * (kind % 2), steps, UNIT[resource])] as const,
  );
  const [first] = courses;
  const main = first![1];
  const evaluatedFrom = (trace.evaluatedFromSeconds - START) / STEP;
  const demand = main.actual.map((value) => value / CAPACITY[first![0]]);
  const foreprint = follow(demand, 1.12, 4);
  const tracking = follow(demand, 1 / 0.7, 3);
  const policies = [
    summarize('foreprint', demand, foreprint),
    summarize('target-tracking-70', demand, tracking),
  ];
  const log = decisions(id, foreprint, resources);
  return {
    applicationId: id,
    applicationType: TYPES[kind % 5]!,
    clusterId: kind % 5 === 3 ? null : `c${(kind % 5 < 2 ? 1 : 2) + 0}`,
    actual: Object.fromEntries(courses.map(([resource, { actual }]) => [resource, actual])),
    instanceCapacity: Object.fromEntries(resources.map((r) => [r, CAPACITY[r]])),
    demand,
    inService: { foreprint, 'target-tracking-70': tracking },
    policies,
    verdict: verdictOf(policies[0]!, policies[1]!, WHOLE_SERVICE.threshold),
    frontier: [],
    fan: Object.fromEntries(courses.map(([resource, c]) => [resource, fan(c, steps)])),
    expected: expectedInterval(main, evaluatedFrom),
    incidents: fixtureIncidents(id, kind),
    crossValidation:
      kind % 5 === 4
        ? {}
        : Object.fromEntries(resources.map((r) => [r, fixtureCandidates(kind % 5)])),
    trainings: kind % 5 === 4 ? 0 : 4,
    worstShortages: Object.entries({ foreprint, 'target-tracking-70': tracking }).flatMap(
      ([policy, inService]) =>
        worstShortage(policy, { demand, inService }, { fromStep: evaluatedFrom, objective: 1 }) ??
        [],
    ),
    decisions: log,
    decisionCount: log.length + 17,
    decisionLog: decisionLog(id, { held: foreprint, fromStep: evaluatedFrom }, resources),
  };
}
