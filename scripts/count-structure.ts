/**
 * Prints the counts of a checkout that show how its files and folders hang together:
 * tsx scripts/count-structure.ts [ROOT]
 */
import process from 'node:process';
import { countCode } from './structure/count-code.ts';
import { isProduct, measureStructure } from './structure/measure-structure.ts';
import { readSources } from './structure/read-sources.ts';

const sources = readSources(process.argv[2] ?? '.');
const product = sources.filter(({ file }) => isProduct(file));
const around = countCode(sources.filter(({ file }) => !isProduct(file)));
const counts = countCode(product);
const structure = measureStructure(sources);
const { longestFunction } = counts;
const [crowded = ['', 0]] = [...structure.filesByFolder].sort(([, a], [, b]) => b - a);

const rows: readonly (readonly [string, string | number])[] = [
  ['files', counts.files],
  ['lines', counts.lines],
  ['comment lines per line of code', (counts.commentLines / counts.codeLines).toFixed(2)],
  ['non-null marks', counts.nonNullMarks],
  [
    'longest function',
    longestFunction
      ? `${longestFunction.lines} lines, ${longestFunction.file}:${longestFunction.line}`
      : 'none',
  ],
  ['longest chain of imports', structure.longestChain.length],
  ['', structure.longestChain.join(' → ')],
  ['circles of files', structure.circlesOfFiles.length],
  ['circles of folders at depth 1, 2, 3 or full', structure.circlesOfFolders.length],
  ...structure.circlesOfFolders.map(({ nodes }) => ['', nodes.join(' → ')] as const),
  ['most files in a folder', `${crowded[1]}, ${crowded[0]}`],
  ['tests, benchmarks and scripts: files', around.files],
  ['tests, benchmarks and scripts: lines', around.lines],
  ['tests, benchmarks and scripts: non-null marks', around.nonNullMarks],
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
