import type { FeaturePlan } from './feature-plan.ts';

/** A linear model of every fitted level at every knot of the horizon. */
export interface LinearParameters {
  readonly plan: FeaturePlan;
  /** Steps ahead that were fitted, increasing from 1. */
  readonly knots: readonly number[];
  /** Levels that were fitted, increasing. */
  readonly levels: readonly number[];
  /** Index, among the features at the origin, of the level each knot starts from. */
  readonly anchors: readonly number[];
  /** Row-major [knots × levels × columns], the constant first. */
  readonly coefficients: Float64Array;
  /** Row-major [knots × (columns − 1)]: the columns without the constant are kept within what was seen in training. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * Number of columns: a one, the anchor, and every feature – levels as their difference to the anchor, so that a level never
 * seen before moves the forecast along instead of being multiplied, spreads as they are.
 */
export const columnCount = ({ originCount, seasonCount }: FeaturePlan): number =>
  2 + originCount + seasonCount;

/** 1 for features at the origin that are levels, 0 for spreads. */
export const isLevel = (plan: FeaturePlan, feature: number): boolean =>
  feature < plan.originCount - plan.deviations.length || feature >= plan.originCount;

/** Two neighbouring positions in an increasing list, and the share of the second. */
export interface Between {
  readonly below: number;
  readonly above: number;
  readonly share: number;
}

/** Where a value lies in an increasing list, by a scale of one's own; values outside belong to the ends. */
export function between(
  list: readonly number[],
  value: number,
  scale: (value: number) => number = (x) => x,
): Between {
  const above = list.findIndex((entry) => entry >= value);
  if (above === -1) return { below: list.length - 1, above: list.length - 1, share: 0 };
  if (above === 0) return { below: 0, above: 0, share: 0 };
  const low = scale(list[above - 1]!);
  const share = (scale(value) - low) / (scale(list[above]!) - low);
  return { below: above - 1, above, share };
}
