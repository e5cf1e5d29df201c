import path from 'node:path';
import { findCircles, type Arrows } from './find-circles.ts';
import { importsBetween, type Import } from './import-graph.ts';
import { longestChain } from './longest-chain.ts';
import type { SourceText } from './read-sources.ts';

/** A circle of imports, with a file that draws each of its arrows. */
export interface Circle {
  /** Folders or files; the first one again at the end. */
  readonly nodes: readonly string[];
  /** For each arrow of the circle, one import that draws it. */
  readonly drawnBy: readonly Import[];
}

export interface Structure {
  readonly circlesOfFiles: readonly Circle[];
  /** Circles of folders at depth 1, 2, 3 and at full depth, each circle once. */
  readonly circlesOfFolders: readonly Circle[];
  /** Files side by side in a folder. */
  readonly filesByFolder: ReadonlyMap<string, number>;
  /** Files along the longest chain of static imports of values in the product. */
  readonly longestChain: readonly string[];
}

const DEPTHS = [1, 2, 3, Infinity];

/** Folders whose files import the product and are imported by none of it. */
const AROUND = ['test/', 'bench/', 'scripts/'];

/** Whether a file belongs to the product and not to its tests, benchmarks and scripts. */
export function isProduct(file: string): boolean {
  return !AROUND.some((folder) => file.startsWith(folder));
}

/** Measures how files and folders hang together. Every import counts but in the chain. */
export function measureStructure(sources: readonly SourceText[]): Structure {
  const imports = importsBetween(sources);
  const values = imports.filter(({ kind }) => kind === 'value');
  const seen = new Set<string>();
  return {
    circlesOfFiles: circles(imports, (file) => file),
    circlesOfFolders: DEPTHS.flatMap((depth) =>
      circles(imports, (file) => folderOf(file, depth)),
    ).filter(({ nodes }) => {
      const isNew = !seen.has(nodes.join());
      seen.add(nodes.join());
      return isNew;
    }),
    filesByFolder: countByFolder(sources),
    longestChain: longestChain(
      arrowsOf(values, (file) => file),
      sources.map(({ file }) => file).filter(isProduct),
    ),
  };
}

function folderOf(file: string, depth: number): string {
  const parts = path.posix.dirname(file).split('/');
  return parts.slice(0, depth).join('/');
}

function circles(imports: readonly Import[], nodeOf: (file: string) => string): Circle[] {
  return findCircles(arrowsOf(imports, nodeOf)).map((nodes) => ({
    nodes,
    drawnBy: nodes.slice(1).flatMap((to, k) => {
      const drawing = imports.find((one) => nodeOf(one.from) === nodes[k] && nodeOf(one.to) === to);
      return drawing ? [drawing] : [];
    }),
  }));
}

function arrowsOf(imports: readonly Import[], nodeOf: (file: string) => string): Arrows {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [tail, head] = [nodeOf(from), nodeOf(to)];
    if (tail === head) continue;
    arrows.set(tail, (arrows.get(tail) ?? new Set()).add(head));
  }
  return arrows;
}

function countByFolder(sources: readonly SourceText[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { file } of sources) {
    const folder = folderOf(file, Infinity);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}
