import type { FeaturePlan } from './feature-plan.ts';

/** A linear model of every fitted level at every knot of the horizon. */
export interface LinearParameters {
  readonly plan: FeaturePlan;
  /** Fitted steps ahead, increasing from 1. */
  readonly knots: readonly number[];
  /** Fitted levels, increasing. */
  readonly levels: readonly number[];
  /** Index, among the features at the origin, of the anchor of each knot. */
  readonly anchors: readonly number[];
  /** Row-major [knots × levels × columns], the constant first. */
  readonly coefficients: Float64Array;
  /**
   * Row-major [knots × (columns − 1)]: smallest value of each column in training, without the
   * constant. Columns are limited to the range seen in training.
   */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * Number of columns: the constant 1, the anchor, and every feature. A level is given as its
 * difference to the anchor, so that a new level moves the forecast instead of being multiplied.
 * Spreads are given unchanged.
 */
export const columnCount = ({ originCount, seasonCount }: FeaturePlan): number =>
  2 + originCount + seasonCount;

/** True for features that are levels, false for spreads. */
export const isLevel = (plan: FeaturePlan, feature: number): boolean =>
  feature < plan.originCount - plan.deviations.length || feature >= plan.originCount;

/** Two neighbouring positions in an increasing list, and the share of the second. */
export interface Between {
  readonly below: number;
  readonly above: number;
  readonly share: number;
}

/**
 * Position of a value in an increasing list, on the scale `scale`. Values outside belong to the
 * ends.
 */
export function between(
  list: readonly number[],
  value: number,
  scale: (value: number) => number = (x) => x,
): Between {
  const above = list.findIndex((entry) => entry >= value);
  if (above === -1) return { below: list.length - 1, above: list.length - 1, share: 0 };
  if (above === 0) return { below: 0, above: 0, share: 0 };
  const low = scale(list[above - 1]);
  const share = (scale(value) - low) / (scale(list[above]) - low);
  return { below: above - 1, above, share };
}
