import type { Arrows } from './find-circles.ts';

/** The longest path along the arrows. In a circle, the arrow that closes it is not followed. */
export function longestChain(arrows: Arrows, starts: Iterable<string>): readonly string[] {
  const longest = new Map<string, readonly string[]>();
  const visit = (node: string): readonly string[] => {
    const known = longest.get(node);
    if (known) return known;
    longest.set(node, [node]);
    let rest: readonly string[] = [];
    for (const next of arrows.get(node) ?? []) {
      const chain = visit(next);
      if (chain.length > rest.length) rest = chain;
    }
    const chain = [node, ...rest];
    longest.set(node, chain);
    return chain;
  };
  let result: readonly string[] = [];
  for (const start of starts) {
    const chain = visit(start);
    if (chain.length > result.length) result = chain;
  }
  return result;
}
