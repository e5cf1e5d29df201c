/**
 * The fast loop, `npm run dev`: checks types, lints what was saved and runs the unit tests that it
 * concerns, on every save, until Ctrl-C. It begins with the tests of what is not committed yet.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Editors write a file in several steps, and several files at once. */
const SETTLE_MS = 300;

const ROOMS =
  'adapters bench bin cdk cli core evaluation functions html-report layers models scripts test';

const saved = new Set<string>();
let linting: ChildProcess | null = null;

run('tsc', ['-b', '.', 'test/cdk', '--watch', '--preserveWatchOutput']);
run('vitest', ['--project', 'unit', '--changed', '--passWithNoTests']);

let settled: NodeJS.Timeout | undefined;
for (const room of ROOMS.split(' ')) {
  watch(room, { recursive: true }, (_, file) => {
    if (!file?.endsWith('.ts') && !file?.endsWith('.js')) return;
    saved.add(path.join(room, file));
    clearTimeout(settled);
    settled = setTimeout(lintSaved, SETTLE_MS);
  });
}

/** Lints what was saved since it last began; while it works, saved files wait for its end. */
function lintSaved(): void {
  if (linting !== null) return;
  const files = [...saved].filter((file) => existsSync(file));
  saved.clear();
  if (files.length === 0) return;
  linting = run('eslint', ['--max-warnings', '0', '--no-warn-ignored', ...files]);
  linting.once('exit', (status) => {
    if (status === 0) process.stdout.write(`lint: ${files.join(', ')} in order\n`);
    linting = null;
    lintSaved();
  });
}

function run(tool: string, args: readonly string[]): ChildProcess {
  return spawn(`node_modules/.bin/${tool}`, args, { stdio: 'inherit' });
}
