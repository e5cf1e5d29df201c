/** How well and at what cost a group served; demand and capacity in cores. */
export interface ServiceTally {
  readonly minutes: number;
  /** Instances in service or starting, summed over minutes: what is paid for. */
  readonly instanceMinutes: number;
  readonly demand: number;
  /** Demand above the objective's share of the capacity in service. */
  readonly unserved: number;
  readonly steps: number;
  /** Steps with a minute of such demand. */
  readonly shortSteps: number;
  readonly changes: number;
}

export const EMPTY_SERVICE: ServiceTally = {
  minutes: 0,
  instanceMinutes: 0,
  demand: 0,
  unserved: 0,
  steps: 0,
  shortSteps: 0,
  changes: 0,
};

/** The sum of two tallies. */
export function addService(a: ServiceTally, b: ServiceTally): ServiceTally {
  return {
    minutes: a.minutes + b.minutes,
    instanceMinutes: a.instanceMinutes + b.instanceMinutes,
    demand: a.demand + b.demand,
    unserved: a.unserved + b.unserved,
    steps: a.steps + b.steps,
    shortSteps: a.shortSteps + b.shortSteps,
    changes: a.changes + b.changes,
  };
}

/** What was counted after `before`, of which `whole` is the continuation. */
export function lessService(whole: ServiceTally, before: ServiceTally): ServiceTally {
  return {
    minutes: whole.minutes - before.minutes,
    instanceMinutes: whole.instanceMinutes - before.instanceMinutes,
    demand: whole.demand - before.demand,
    unserved: whole.unserved - before.unserved,
    steps: whole.steps - before.steps,
    shortSteps: whole.shortSteps - before.shortSteps,
    changes: whole.changes - before.changes,
  };
}

/** Figures of contracts.md for one run; shares of nothing are 0. */
export interface ServiceSummary {
  readonly instanceHours: number;
  readonly unservedDemand: number;
  readonly shortSteps: number;
  readonly changes: number;
}

export function summarizeService(tally: ServiceTally): ServiceSummary {
  return {
    instanceHours: tally.instanceMinutes / 60,
    unservedDemand: tally.demand === 0 ? 0 : tally.unserved / tally.demand,
    shortSteps: tally.steps === 0 ? 0 : tally.shortSteps / tally.steps,
    changes: tally.changes,
  };
}

/** Demand that rounding leaves above the capacity is no shortage. */
const EPSILON = 1e-9;

/** Counts the service of one group minute by minute. */
export interface ServiceCount {
  /** @param demand cores; NaN where the trace has no measurement: the minute does not count. */
  minute(demand: number, serving: { readonly cores: number }, instances: number): void;
  /** Ends a step of the trace. */
  endStep(): void;
  tally(changes: number): ServiceTally;
}

/** @param objective share of the capacity up to which an application still serves well. */
export function countService(objective: number): ServiceCount {
  let [minutes, instanceMinutes, total, unserved, steps, shortSteps] = [0, 0, 0, 0, 0, 0];
  let [isShort, isMeasured] = [false, false];
  return {
    minute(demand, { cores }, instances) {
      if (Number.isNaN(demand)) return;
      const lacking = demand - objective * cores;
      minutes++;
      instanceMinutes += instances;
      total += demand;
      isMeasured = true;
      if (lacking <= EPSILON) return;
      unserved += lacking;
      isShort = true;
    },
    endStep() {
      if (isMeasured) steps++;
      if (isShort) shortSteps++;
      [isShort, isMeasured] = [false, false];
    },
    tally: (changes) => ({
      minutes,
      instanceMinutes,
      demand: total,
      unserved,
      steps,
      shortSteps,
      changes,
    }),
  };
}
