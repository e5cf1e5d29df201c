/**
 * How the forecast's decisions did of late against reactive behaviour, and whether it is trusted.
 * Plain JSON.
 */
export interface CircuitBreaker {
  /**
   * What the forecast left short, and what reactive behaviour left short and idle, in idle
   * instance-steps.
   */
  readonly shortageCost: number;
  readonly reactiveCost: number;
  /** Steps they were counted over; all three fade. */
  readonly steps: number;
  /** True while reactive behaviour stands in for the forecast. */
  readonly broken: boolean;
}

export const NEW_BREAKER: CircuitBreaker = {
  shortageCost: 0,
  reactiveCost: 0,
  steps: 0,
  broken: false,
};

/**
 * After six hours a step counts half: long enough not to jump, short enough to notice a change of
 * behaviour.
 */
const HALF_LIFE_SECONDS = 6 * 3600;
/** An hour of steps before anything is said. */
const LEAST_SECONDS = 3600;
/**
 * The breaker opens when shortage alone cost half as much again as reactive behaviour did in all,
 * and closes when level.
 */
const OPENS_AT = 1.5;
const CLOSES_AT = 1;

export interface JudgedStep {
  /** Instances that the forecast wanted for the step, and that reactive behaviour wanted. */
  readonly forecast: number;
  readonly reactive: number;
  /** Use in instances, not rounded. */
  readonly used: number;
  readonly shortageCost: number;
  readonly idleCost: number;
  readonly stepSeconds: number;
}

/**
 * Both are judged on every step by the costs that the allocation minimises, the one that is not in
 * charge too: so the forecast comes back by itself when it is right again. Only its shortages count
 * against it: instances that it holds for a burst that does not come are no error, and a quiet day
 * of reactive behaviour proves nothing.
 */
export function judgeForecast(breaker: CircuitBreaker, step: JudgedStep): CircuitBreaker {
  const { forecast, reactive, used } = step;
  const kept = 0.5 ** (step.stepSeconds / HALF_LIFE_SECONDS);
  const worth = step.shortageCost / step.idleCost;
  const shortageCost = kept * breaker.shortageCost + worth * Math.max(0, used - forecast);
  const reactiveCost =
    kept * breaker.reactiveCost +
    worth * Math.max(0, used - reactive) +
    Math.max(0, reactive - used);
  const steps = kept * breaker.steps + 1;
  const limit = breaker.broken ? CLOSES_AT : OPENS_AT;
  const known = steps * step.stepSeconds >= LEAST_SECONDS;
  return {
    shortageCost,
    reactiveCost,
    steps,
    broken: known && shortageCost > limit * reactiveCost,
  };
}
