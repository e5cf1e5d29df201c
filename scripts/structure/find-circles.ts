/** Arrows of a directed graph: from a node to all it points at. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * One shortest circle out of every group of nodes that reach each other, its first node repeated at
 * the end. Groups are strongly connected components, found by Tarjan's algorithm (1972).
 */
export function findCircles(arrows: Arrows): string[][] {
  return connectedGroups(arrows).map((group) => shortestCircle(arrows, group));
}

function connectedGroups(arrows: Arrows): string[][] {
  const index = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    let lowest = own;
    index.set(node, own);
    stack.push(node);
    for (const next of sorted(arrows.get(node))) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? own);
    }
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) groups.push(group);
    }
    return lowest;
  };
  for (const node of sorted(arrows.keys())) if (!index.has(node)) visit(node);
  return groups;
}

/** Searches breadth first from the group's first node in the alphabet back to it. */
function shortestCircle(arrows: Arrows, group: readonly string[]): string[] {
  const members = new Set(group);
  const [start = ''] = sorted(group);
  const paths = [[start]];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const next of sorted(arrows.get(path.at(-1) ?? ''))) {
      if (next === start) return [...path, start];
      if (!members.has(next) || seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return [];
}

function sorted(nodes: Iterable<string> = []): string[] {
  return [...nodes].sort();
}
