/**
 * CPU time that commands take from start to end, from source and as the npm package has them, in
 * turn: npm run build && npm run bench:start [-- ROUNDS]
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { smallTrace } from '#test/cli/small-trace.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const PROJECT = path.join(import.meta.dirname, '../..');

const folder = mkdtempSync(path.join(tmpdir(), 'foreprint-start-'));
try {
  const installed = path.join(folder, 'package');
  for (const part of ['bin', 'dist/lib', 'package.json']) {
    cpSync(path.join(PROJECT, part), path.join(installed, part), { recursive: true });
  }
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(installed, 'node_modules'));
  const trace = smallTrace({ applications: ['shop'], hours: 24 * 21 });
  writeFileSync(path.join(folder, 't.csv'), trace);
  cpuSeconds(installed, ['import', 't.csv', '--quiet']);
  cpuSeconds(installed, ['train', '--quiet']);
  const commands = [['--help'], ['--version'], ['status'], ['allocate', 'shop', '--quiet']];
  for (const command of commands) {
    const taken = { source: [] as number[], package: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      taken.source.push(cpuSeconds(PROJECT, command));
      taken.package.push(cpuSeconds(installed, command));
    }
    const [source, built] = [median(taken.source), median(taken.package)];
    console.log(
      `${command.join(' ').padEnd(24)} source ${source.toFixed(2)} s, package ${built.toFixed(2)} s, ratio ${(built / source).toFixed(2)}`,
    );
  }
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
