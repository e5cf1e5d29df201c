import type { Design } from './design-sums.ts';
import type { FeaturePlan } from './feature-plan.ts';
import { anchorOf } from './feature-plan.ts';
import type { LinearParameters } from './linear-parameters.ts';
import { columnCount, isLevel } from './linear-parameters.ts';
import { originFeatures } from './origin-features.ts';
import { quantileRegression } from './quantile-regression.ts';
import { seasonFeatures } from './season-features.ts';
import type { StandardDesign } from './standard-design.ts';
import { rawCoefficients, standardCoefficients, standardDesign } from './standard-design.ts';

export interface LinearProblem {
  /** Without gaps. */
  readonly values: Float64Array;
  readonly plan: FeaturePlan;
  readonly knots: readonly number[];
  readonly levels: readonly number[];
  /** Initial coefficients, from a fit on a part of the same values. They save iterations. */
  readonly start?: Float64Array | undefined;
}

/** Largest number of origins for fitting. More origins change little and take longer. */
const MOST_ROWS = 600;

/** Smallest number of origins per coefficient. */
const ROWS_PER_COEFFICIENT = 5;

/**
 * Roundings of the loss for the first level, for a level that starts at its neighbour's result, and
 * for one that starts at an earlier fit.
 */
const FIRST_ROUNDINGS = [2, 0.5, 0.15];
const NEXT_ROUNDINGS = [0.5, 0.15];
const WARM_ROUNDINGS = [0.15];
const STEPS = 3;

/** Keeps the coefficients of nearly equal features small. */
const RIDGE = 0.03;

/** Number of origins that the values allow for the farthest knot. */
export function originCount(length: number, plan: FeaturePlan, farthest: number): number {
  return length - leastHistory(plan) - farthest + 1;
}

/** A season, or the context without a season. */
const leastHistory = ({ season, context }: FeaturePlan): number => season || context;

export function enoughOrigins(length: number, plan: FeaturePlan, farthest: number): boolean {
  const needed = ROWS_PER_COEFFICIENT * columnCount(plan);
  return originCount(length, plan, farthest) >= needed;
}

/**
 * Fits one linear quantile regression per knot and level on origins that are evenly spread over the
 * values.
 */
export function fitLinear(problem: LinearProblem): LinearParameters {
  const { values, plan, knots, levels, start } = problem;
  const columns = columnCount(plan);
  const coefficients = new Float64Array(knots.length * levels.length * columns);
  const bounds = new Float64Array(2 * knots.length * (columns - 1));
  const [lowest, highest] = [
    bounds.subarray(0, bounds.length / 2),
    bounds.subarray(bounds.length / 2),
  ];
  const anchors = knots.map((step) => anchorOf(plan, step));
  const farthest = knots.at(-1)!;
  const available = originCount(values.length, plan, farthest);
  const stride = Math.max(1, Math.ceil(available / MOST_ROWS));
  // The grid of origins ends at the last possible one, because the newest origins matter most.
  const last = values.length - farthest;
  const rows = Math.floor((available - 1) / stride) + 1;
  const origins = Int32Array.from({ length: rows }, (_, row) => last - (rows - 1 - row) * stride);
  const shared = sharedFeatures(values, plan, origins);
  knots.forEach((step, knot) => {
    const anchor = anchors[knot];
    const raw = designAt({ values, plan, origins, shared, step, anchor });
    const own = [knot * (columns - 1), (knot + 1) * (columns - 1)] as const;
    columnBounds(raw, lowest.subarray(...own), highest.subarray(...own));
    const design = standardDesign(raw);
    const size = levels.length * columns;
    const out = coefficients.subarray(knot * size, (knot + 1) * size);
    fitLevels(design, { levels, start: start?.subarray(knot * size, (knot + 1) * size) }, out);
  });
  return { plan, knots, levels, anchors, coefficients, lowest, highest };
}

function sharedFeatures(values: Float64Array, plan: FeaturePlan, origins: Int32Array) {
  const { originCount: count, context } = plan;
  const shared = new Float64Array(origins.length * count);
  origins.forEach((end, row) => {
    const history = values.subarray(Math.max(0, end - context), end);
    originFeatures(history, plan, shared.subarray(row * count, (row + 1) * count));
  });
  return shared;
}

function designAt(from: {
  readonly values: Float64Array;
  readonly plan: FeaturePlan;
  readonly origins: Int32Array;
  readonly shared: Float64Array;
  readonly step: number;
  readonly anchor: number;
}): Design {
  const { values, plan, origins, shared, step } = from;
  const { originCount: count, context } = plan;
  const columns = columnCount(plan);
  const rows = origins.length;
  const features = new Float64Array(rows * columns);
  const targets = new Float64Array(rows);
  origins.forEach((end, row) => {
    const at = row * columns;
    features.set(shared.subarray(row * count, (row + 1) * count), at + 2);
    const history = values.subarray(Math.max(0, end - context), end);
    seasonFeatures(history, { plan, step }, { out: features, from: at + 2 + count });
    const anchor = features[at + 2 + from.anchor];
    for (let c = 2; c < columns; c++) if (isLevel(plan, c - 2)) features[at + c] -= anchor;
    features[at + 1] = anchor;
    targets[row] = values[end + step - 1] - anchor;
  });
  return { rows, columns, features, targets };
}

/** Smallest and largest value of every column. */
function columnBounds(
  { rows, columns, features }: Design,
  lowest: Float64Array,
  highest: Float64Array,
): void {
  lowest.fill(Infinity);
  highest.fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    for (let c = 1; c < columns; c++) {
      const value = features[row * columns + c];
      if (value < lowest[c - 1]) lowest[c - 1] = value;
      if (value > highest[c - 1]) highest[c - 1] = value;
    }
  }
}

interface LevelRequest {
  readonly levels: readonly number[];
  readonly start: Float64Array | undefined;
}

/** Fits the levels from the middle outwards. Each level starts at the result of its neighbour. */
function fitLevels(
  design: StandardDesign,
  { levels, start }: LevelRequest,
  out: Float64Array,
): void {
  const { columns } = design.design;
  const solved = levels.map(() => new Float64Array(columns));
  const middle = levels.length >> 1;
  const order = levels
    .map((_, k) => k)
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  for (const k of order) {
    const own = solved[k];
    if (start) standardCoefficients(design, start.subarray(k * columns, (k + 1) * columns), own);
    else if (k !== middle) own.set(solved[k < middle ? k + 1 : k - 1]);
    const roundings = start ? WARM_ROUNDINGS : k === middle ? FIRST_ROUNDINGS : NEXT_ROUNDINGS;
    const options = { level: levels[k], roundings, steps: STEPS, ridge: RIDGE };
    quantileRegression(design.design, options, own);
    rawCoefficients(design, own, out.subarray(k * columns, (k + 1) * columns));
  }
}
