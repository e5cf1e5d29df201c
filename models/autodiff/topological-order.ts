import type { Expression } from './expression.ts';

/** All expressions that the given ones depend on, each once, inputs first. */
export function topologicalOrder(roots: readonly Expression[]): Expression[] {
  const order: Expression[] = [];
  const visited = new Set<Expression>();
  // An explicit stack, because an unrolled network is deeper than the call stack allows.
  const stack = roots.map((expression) => ({ expression, opened: false })).reverse();
  while (stack.length > 0) {
    const { expression, opened } = stack.pop()!;
    if (opened) {
      order.push(expression);
      continue;
    }
    if (visited.has(expression)) continue;
    visited.add(expression);
    stack.push({ expression, opened: true });
    if (expression.kind !== 'operation') continue;
    for (const used of expression.inputs.toReversed()) {
      stack.push({ expression: used, opened: false });
    }
  }
  return order;
}
