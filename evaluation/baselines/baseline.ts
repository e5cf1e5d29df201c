/**
 * Input of a baseline for one application. Demand is in instances, NaN if not measured. Only a
 * baseline that reads ahead may read a step at or after the one in which it acts: such steps are
 * filled while the policy runs, by what was seen of them.
 */
export interface BaselineContext {
  readonly demand: Float64Array;
  /**
   * The part of memory in it, and that of the other resources; absent where they are not told
   * apart.
   */
  readonly parts?: { readonly memory: Float64Array; readonly others: Float64Array } | undefined;
  readonly stepSeconds: number;
  /** Start of step 0 in Unix seconds; some policies use the hour of the week. */
  readonly startSeconds: number;
  /**
   * Number of steps that a decision must cover, warm-up included. Only the oracle looks that far
   * ahead.
   */
  readonly warmUpHorizon: number;
  /** First step in which policies act. */
  readonly fromStep: number;
  /** Share of an instance's capacity up to which it still serves well. */
  readonly objective: number;
}

/** State of the group at the start of a step. */
export interface BaselineGroup {
  /** Instances in service and starting. */
  readonly desired: number;
  readonly inService: number;
}

/**
 * Desired number of instances at the start of a step; null leaves the group unchanged. It is called
 * for every step in order.
 */
export type BaselineSteering = (step: number, group: BaselineGroup) => number | null;

/**
 * A scaling policy in use elsewhere, with the knob that moves it along its cost–shortage frontier.
 */
export interface Baseline {
  readonly name: string;
  /** Name of its frontier, if the policy's own name contains the setting of the knob. */
  readonly frontierName?: string;
  /** Meaning of the knob, for people. */
  readonly knobName: string;
  /** Setting given by the policy's documentation, by its code, or by the rules of the replay. */
  readonly knob: number;
  /** Settings of the frontier. */
  readonly sweep: readonly number[];
  /** Whether it knows the demand that comes. */
  readonly readsAhead?: true;
  steer(context: BaselineContext, knob: number): BaselineSteering;
}

/** An excess below the rounding error does not start an instance. */
export function wholeInstances(need: number): number {
  return Math.ceil(need - 1e-9);
}
