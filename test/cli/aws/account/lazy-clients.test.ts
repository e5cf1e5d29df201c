import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
/** A static import or export from somewhere that is there at run time. */
const IMPORT = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm;

/** Everything that a file loads before it runs: our files by path, packages by name. */
async function loaded(file: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = await readFile(path.join(ROOT, file), 'utf8');
  for (const [, named, bare] of text.matchAll(IMPORT)) {
    const from = named ?? bare ?? '';
    if (from.startsWith('#')) await loaded(from.slice(1), seen);
    else if (from.startsWith('.')) await loaded(path.join(path.dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

test('the command line starts without the clients of AWS', async () => {
  const commands = await readdir(path.join(ROOT, 'cli/commands'));
  expect(commands).toContain('enrol.ts');
  for (const file of ['cli/main.ts', ...commands.map((name) => `cli/commands/${name}`)]) {
    const start = [...(await loaded(file))];
    expect(
      start.filter((name) => /^(@aws-|@smithy|cli\/aws\/|adapters\/aws\/)/.test(name)),
      file,
    ).toEqual([]);
  }
  const enrol = [...(await loaded('cli/aws/run-enrol.ts'))];
  expect(enrol).toContain('@aws-sdk/client-auto-scaling');
});
