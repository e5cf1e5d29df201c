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
import { tokenGroups } from './token-groups.ts';

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
