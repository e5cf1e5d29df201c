/** How the forecast's decisions did of late against reactive behaviour, and whether it is trusted. Plain JSON. */
export interface ForecastTrust {
  /** Costs in idle instance-steps, and steps they were counted over; all fade. */
  readonly forecastCost: number;
  readonly reactiveCost: number;
  readonly steps: number;
  /** True while reactive behaviour stands in for the forecast. */
  readonly broken: boolean;
}

export const NEW_TRUST: ForecastTrust = {
  forecastCost: 0,
  reactiveCost: 0,
  steps: 0,
  broken: false,
};

/** After six hours a step counts half: long enough not to jump, short enough to notice a change of behaviour. */
const HALF_LIFE_SECONDS = 6 * 3600;
/** An hour of steps before anything is said. */
const LEAST_SECONDS = 3600;
/** The breaker opens when the forecast cost half as much again as reactive behaviour, and closes when it is level. */
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
 * Both are judged on every step by the cost that the allocation minimises, the one that is not in charge too: so the
 * forecast comes back by itself when it is right again.
 */
export function judgeForecast(trust: ForecastTrust, step: JudgedStep): ForecastTrust {
  const kept = 0.5 ** (step.stepSeconds / HALF_LIFE_SECONDS);
  const forecastCost = kept * trust.forecastCost + costOf(step.forecast, step);
  const reactiveCost = kept * trust.reactiveCost + costOf(step.reactive, step);
  const steps = kept * trust.steps + 1;
  const limit = trust.broken ? CLOSES_AT : OPENS_AT;
  const known = steps * step.stepSeconds >= LEAST_SECONDS;
  return {
    forecastCost,
    reactiveCost,
    steps,
    broken: known && forecastCost > limit * reactiveCost,
  };
}

function costOf(instances: number, { used, shortageCost, idleCost }: JudgedStep): number {
  const short = Math.max(0, used - instances);
  const idle = Math.max(0, instances - used);
  return (shortageCost * short) / idleCost + idle;
}
