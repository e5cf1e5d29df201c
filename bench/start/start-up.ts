/**
 * CPU time that commands take from start to end, from source, as the npm package has them, and in a
 * checkout of another version, in turn:
 * npm run build && npm run bench:start -- [ROUNDS] [--base CHECKOUT] [--write]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { smallTrace } from '#test/cli/small-trace.ts';
import { benchArguments, renewTable } from '../write-table.ts';

const { positionals, values: given } = parseArgs({
  args: [...benchArguments],
  options: { base: { type: 'string' } },
  allowPositionals: true,
});
const ROUNDS = Number(positionals[0] ?? 5);
/** What version 0.1 knows of them. */
const BASE_COMMANDS = new Set(['--help', 'allocate']);
const PROJECT = path.join(import.meta.dirname, '../..');

const folder = mkdtempSync(path.join(tmpdir(), 'foreprint-start-'));
try {
  const installed = path.join(folder, 'package');
  for (const part of ['bin', 'dist/lib', 'package.json']) {
    cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
  }
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(installed, 'node_modules'));
  writeFileSync(path.join(folder, 't.csv'), smallTrace({ applications: ['shop'], hours: 24 * 21 }));
  const roots = new Map([
    ['source', PROJECT],
    ['package', installed],
    ...(given.base === undefined ? [] : [['base', path.resolve(given.base)] as const]),
  ]);
  // A store of its own for each version, as an earlier one does not read what a later one writes.
  const storeOf = (name: string) => ['--store', name === 'base' ? 'base' : 'store'];
  for (const [name, root] of roots) {
    if (name === 'source') continue;
    cpuSeconds(root, ['import', 't.csv', '--quiet', ...storeOf(name)]);
    cpuSeconds(root, ['train', '--quiet', ...storeOf(name)]);
  }
  const commands = [['--help'], ['--version'], ['status'], ['allocate', 'shop']];
  const rows = commands.map((command) => {
    const taken = new Map([...roots.keys()].map((name) => [name, [] as number[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, root] of roots) {
        if (name === 'base' && !BASE_COMMANDS.has(command[0] ?? '')) continue;
        const words = command[0]?.startsWith('--') ? command : [...command, ...storeOf(name)];
        taken.get(name)!.push(cpuSeconds(root, words));
      }
    }
    const seconds = (name: string) => {
      const values = taken.get(name);
      return values?.length ? median(values).toFixed(2) : '–';
    };
    return {
      command: `foreprint ${command.join(' ')}`,
      'package, s of CPU': seconds('package'),
      'from source': seconds('source'),
      'the version of --base': seconds('base'),
    };
  });
  console.table(rows);
  await renewTable('speed', 'start', rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** User and system time of one run in the folder, as the shell measures it. */
function cpuSeconds(root: string, command: readonly string[]): number {
  const words = [process.execPath, path.join(root, 'bin/foreprint.js'), ...command];
  const timed = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';
  const output = execFileSync('bash', ['-c', timed, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return output
    .trim()
    .split(' ')
    .map(Number)
    .reduce((sum, seconds) => sum + seconds, 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
