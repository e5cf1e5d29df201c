/** The worst shortage of one policy for one application, with the steps around it. */
export interface WorstShortage {
  readonly policy: string;
  /** First short step, and the number of short steps. */
  readonly step: number;
  readonly steps: number;
  /** Demand left unserved, in instance-steps. */
  readonly unserved: number;
  /** First drawn step, and demand and capacity from it on. */
  readonly fromStep: number;
  readonly demand: Float64Array;
  readonly inService: Float64Array;
}

/** Steps drawn before and after the shortage. */
const AROUND = 24;
/** Of a longer shortage only the beginning is drawn. */
const MOST_DRAWN = 240;

/**
 * The uninterrupted run of short steps with the most unserved demand; null without any short step.
 * A step without a measurement ends a run.
 * @param options the first step that counts, and the share of the capacity that serves well.
 */
export function worstShortage(
  policy: string,
  run: { readonly demand: Float64Array; readonly inService: Float64Array },
  { fromStep, objective }: { readonly fromStep: number; readonly objective: number },
): WorstShortage | null {
  const { demand, inService } = run;
  let [step, steps, unserved] = [0, 0, 0];
  let current = { step: 0, steps: 0, unserved: 0 };
  for (let k = fromStep; k < demand.length; k++) {
    const lacking = demand[k] - objective * inService[k];
    if (!(lacking > 1e-9)) {
      current = { step: 0, steps: 0, unserved: 0 };
      continue;
    }
    if (current.steps === 0) current = { step: k, steps: 0, unserved: 0 };
    current = { ...current, steps: current.steps + 1, unserved: current.unserved + lacking };
    if (current.unserved > unserved) ({ step, steps, unserved } = current);
  }
  if (steps === 0) return null;
  const from = Math.max(0, step - AROUND);
  const to = Math.min(demand.length, step + Math.min(steps, MOST_DRAWN) + AROUND);
  return {
    policy,
    step,
    steps,
    unserved,
    fromStep: from,
    demand: demand.slice(from, to),
    inService: inService.slice(from, to),
  };
}
