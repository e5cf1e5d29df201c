import { measureStructure, type Circle } from './measure-structure.ts';
import type { SourceText } from './read-sources.ts';

const MOST_FILES = 20;
const LONGEST_CHAIN = 10;

/** What breaks the rules of structure, one line each; nothing where all is well. */
export function structureFaults(sources: readonly SourceText[]): string[] {
  const structure = measureStructure(sources);
  const { longestChain: chain } = structure;
  return [
    ...structure.circlesOfFiles.map((circle) => `circle of files: ${circle.nodes.join(' → ')}`),
    ...structure.circlesOfFolders.map((circle) => `circle of folders: ${described(circle)}`),
    ...[...structure.filesByFolder]
      .filter(([, count]) => count > MOST_FILES)
      .map(([folder, count]) => `${count} files in ${folder}, at most ${MOST_FILES}`),
    ...(chain.length > LONGEST_CHAIN
      ? [`chain of ${chain.length} imports, at most ${LONGEST_CHAIN}: ${chain.join(' → ')}`]
      : []),
  ];
}

function described({ nodes, drawnBy }: Circle): string {
  const files = drawnBy.map(({ from, to }) => `${from} imports ${to}`);
  return `${nodes.join(' → ')} (${files.join('; ')})`;
}
