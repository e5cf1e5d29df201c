import type { Expression, Operation } from './expression.ts';
import { add, concat, filled, reduceSum, reshape } from './expression.ts';
import { operationGradients } from './operation-gradients.ts';
import type { Shape } from './tensor-shape.ts';
import { topologicalOrder } from './topological-order.ts';

/**
 * Reverse-mode differentiation (Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008,
 * chapter 3). Returns the derivatives of one number with respect to the given expressions, as
 * expressions.
 * @param loss of one element. No shape may contain −1, because derivatives need a batch of known
 * size.
 * @throws RangeError if the loss does not depend on one of the expressions.
 */
export function gradients(loss: Expression, of: readonly Expression[]): Expression[] {
  const order = topologicalOrder([loss]);
  const needed = dependents(order, new Set(of));
  const gradientOf = new Map<Expression, Expression>([[loss, filled(loss.shape, 1)]]);
  const parts = new Map<Expression, Map<Operation, Expression>>();
  for (const expression of order.toReversed()) {
    gatherParts(expression, parts, gradientOf);
    const outer = gradientOf.get(expression);
    if (outer === undefined || expression.kind !== 'operation') continue;
    if (expression.operator === 'Part') {
      const [whole] = expression.inputs;
      if (!needed.has(whole)) continue;
      const previous = parts.get(whole) ?? new Map<Operation, Expression>();
      parts.set(whole, previous.set(expression, outer));
      continue;
    }
    const inner = operationGradients(expression, outer, (input) => needed.has(input));
    expression.inputs.forEach((input, k) => {
      const gradient = inner[k];
      if (gradient) accumulate(gradientOf, input, sumTo(gradient, input.shape));
    });
  }
  return of.map((expression, k) => {
    const gradient = gradientOf.get(expression);
    if (gradient === undefined) throw new RangeError(`the loss does not depend on number ${k}`);
    return gradient;
  });
}

/** Expressions whose value depends on one of the sources. */
function dependents(order: readonly Expression[], sources: ReadonlySet<Expression>) {
  const dependent = new Set<Expression>();
  for (const expression of order) {
    const inputs = expression.kind === 'operation' ? expression.inputs : [];
    if (sources.has(expression) || inputs.some((input) => dependent.has(input))) {
      dependent.add(expression);
    }
  }
  return dependent;
}

function accumulate(
  gradientOf: Map<Expression, Expression>,
  of: Expression,
  more: Expression,
): void {
  const previous = gradientOf.get(of);
  gradientOf.set(of, previous === undefined ? more : add(previous, more));
}

/**
 * Gradient of a tensor that was split: the gradients of its parts joined together, zeros for unused
 * parts.
 */
function gatherParts(
  whole: Expression,
  parts: ReadonlyMap<Expression, ReadonlyMap<Operation, Expression>>,
  gradientOf: Map<Expression, Expression>,
): void {
  const pieces = [...(parts.get(whole) ?? [])];
  const cutOf = ({ axes, parts: lengths }: Operation): string => [axes[0], lengths].join(' ');
  for (const cut of new Set(pieces.map(([piece]) => cutOf(piece)))) {
    const same = pieces.filter(([piece]) => cutOf(piece) === cut);
    const { axes, parts: lengths } = same[0][0];
    const axis = axes[0];
    const joined = lengths!.map((length, part) => {
      const shape = whole.shape.map((one, k) => (k === axis ? length : one));
      const outers = same.filter(([piece]) => piece.part === part).map(([, outer]) => outer);
      return outers.length > 0 ? outers.reduce(add) : filled(shape, 0);
    });
    accumulate(gradientOf, whole, concat(joined, axis));
  }
}

/** Sums a gradient over the axes along which its input was repeated. */
function sumTo(gradient: Expression, shape: Shape): Expression {
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((length, axis) =>
    axis < lead || (shape[axis - lead] === 1 && length !== 1) ? [axis] : [],
  );
  const summed = axes.length === 0 ? gradient : reduceSum(gradient, axes);
  return lead === 0 ? summed : reshape(summed, shape);
}
