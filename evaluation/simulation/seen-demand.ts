/** Demand as a policy sees it: what comes is hidden, and what came ends at the capacity. */
export interface SeenDemand {
  /** The same array in all steps; NaN for steps that are not shown yet. */
  readonly values: Float64Array;
  /** Shows a step, in which so many instances were in service. */
  show(step: number, inService: number): void;
}

/**
 * @param demand in instances, NaN where not measured.
 * @param fromStep first step in which a capacity is known: what lies before is shown as it was.
 */
export function createSeenDemand(demand: Float64Array, fromStep: number): SeenDemand {
  const values = demand.slice().fill(NaN, fromStep);
  return {
    values,
    show: (step, inService) => {
      values[step] = Math.min(demand[step], inService);
    },
  };
}
