/** What a baseline knows of the application it steers. Demand is in instances, NaN where not measured. */
export interface BaselineContext {
  readonly demand: Float64Array;
  readonly stepSeconds: number;
  /** Start of step 0, Unix seconds: some policies think in hours of the week. */
  readonly startSeconds: number;
  /** Steps a decision answers for, start-up included; only the oracle looks that far. */
  readonly warmUpHorizon: number;
  /** First step in which policies act. */
  readonly fromStep: number;
}

/** What a baseline sees of its group at the start of a step. */
export interface BaselineGroup {
  /** In service and starting. */
  readonly desired: number;
  readonly inService: number;
}

/** Says at the start of every step, in order, how many instances it wants; null leaves the group alone. */
export type BaselineSteering = (step: number, group: BaselineGroup) => number | null;

/** A policy people use, with the one knob that moves it along its cost–shortage frontier. */
export interface Baseline {
  readonly name: string;
  /** Name of its frontier where it is not the policy's: one whose name says the setting. */
  readonly frontierName?: string;
  /** What the knob is, for people. */
  readonly knobName: string;
  /** The setting that its documentation, its code or the replay's rules give. */
  readonly knob: number;
  /** Settings of its frontier. */
  readonly sweep: readonly number[];
  steer(context: BaselineContext, knob: number): BaselineSteering;
}

/** Rounding errors do not start an instance. */
export function wholeInstances(need: number): number {
  return Math.ceil(need - 1e-9);
}
