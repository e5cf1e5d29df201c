import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  concat,
  log,
  multiply,
  reduceSum,
  reshape,
  scalar,
  split,
  sqrt,
} from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';

/** Equally long neighbouring stretches of a history; one token each. */
export interface TokenGroup {
  readonly width: number;
  readonly count: number;
}

/** Single steps at the end, a day in hours before them, days before those. */
const FINE = 12;
const MIDDLE = 24;
const COARSE = 6;

/** Features of a token: logarithms of mean and of root mean square. */
export const TOKEN_FEATURES = 2;

/**
 * What the network reads of a history, oldest first: two thousand steps are too many to go through
 * one by one, and what is long ago matters only in outline. Groups that the context has no room for
 * are empty.
 */
export function tokenGroups(shape: ForecastShape): readonly TokenGroup[] {
  const { context } = shape;
  const [day] = seasonSteps(shape);
  const fine = Math.min(FINE, context);
  const hour = Math.max(1, Math.round((day ?? context) / MIDDLE));
  const middle = Math.min(MIDDLE, Math.floor((context - fine) / hour));
  const left = context - fine - middle * hour;
  const coarse = day === undefined ? 0 : Math.min(COARSE, Math.floor(left / day));
  return [
    { width: day ?? 1, count: coarse },
    { width: hour, count: middle },
    { width: 1, count: fine },
  ];
}

/** [batch, tokens, features] from a history [batch, context] in units of its scale. */
export function windowTokens(scaled: Expression, shape: ForecastShape): Expression {
  const groups = tokenGroups(shape).filter(({ count }) => count > 0);
  const lengths = groups.map(({ width, count }) => width * count);
  const unread = shape.context - lengths.reduce((sum, length) => sum + length, 0);
  const cuts = unread > 0 ? [unread, ...lengths] : lengths;
  const pieces = split(scaled, 1, cuts).slice(unread > 0 ? 1 : 0);
  const tokens = groups.map(({ width, count }, k) => {
    const rows = reshape(pieces[k], [scaled.shape[0], count, width]);
    const mean = multiply(reduceSum(rows, [2]), scalar(1 / width));
    const square = multiply(reduceSum(multiply(rows, rows), [2]), scalar(1 / width));
    return concat([logarithm(mean), logarithm(sqrt(square))], 2);
  });
  return concat(tokens, 1);
}

/** Of a number that may be zero or, hardly ever, negative. */
function logarithm(value: Expression): Expression {
  return log(add(sqrt(multiply(value, value)), scalar(0.05)));
}
