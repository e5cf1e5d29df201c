import type { Expression } from './expression.ts';

/** All expressions that the given ones are made of, each once, inputs before those who use them. */
export function topologicalOrder(roots: readonly Expression[]): Expression[] {
  const order: Expression[] = [];
  const seen = new Set<Expression>();
  // An explicit stack: an unrolled network is deeper than the call stack may be.
  const stack = roots.map((expression) => ({ expression, opened: false })).reverse();
  while (stack.length > 0) {
    const { expression, opened } = stack.pop()!;
    if (opened) {
      order.push(expression);
      continue;
    }
    if (seen.has(expression)) continue;
    seen.add(expression);
    stack.push({ expression, opened: true });
    if (expression.kind !== 'operation') continue;
    for (const used of expression.inputs.toReversed())
      stack.push({ expression: used, opened: false });
  }
  return order;
}
