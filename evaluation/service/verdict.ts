/** How Foreprint did for an application beside the policy that it has today. */
export interface Verdict {
  readonly cost: 'lower' | 'same' | 'higher';
  readonly service: 'better' | 'same' | 'worse';
}

/** What a verdict is reached by. */
export interface Served {
  readonly instanceHours: number;
  /** Shares of the demand and of the steps. */
  readonly unservedDemand: number;
  readonly shortSteps: number;
}

/**
 * Service is worse where more demand is left unserved, or is short for longer, than by the
 * threshold; better where neither is and one of them is less.
 */
export function verdictOf(own: Served, present: Served, threshold: number): Verdict {
  const hours = own.instanceHours - present.instanceHours;
  const isSameCost = Math.abs(hours) <= threshold * present.instanceHours;
  const changes = [
    own.unservedDemand - present.unservedDemand,
    own.shortSteps - present.shortSteps,
  ];
  const isWorse = changes.some((change) => change > threshold);
  const isBetter = changes.some((change) => change < -threshold);
  return {
    cost: isSameCost ? 'same' : hours < 0 ? 'lower' : 'higher',
    service: isWorse ? 'worse' : isBetter ? 'better' : 'same',
  };
}
