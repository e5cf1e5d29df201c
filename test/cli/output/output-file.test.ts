import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '#cli/context/usage-error.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withTable } from '#cli/output/with-table.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

it('a file appears when it is written, in a directory that is made', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, 'new', 'r.json');
  await withOutputs({ json: path, report: undefined }, async ({ json, report }) => {
    expect(report).toBeUndefined();
    await json?.write('{}');
  });
  expect(await readFile(path, 'utf8')).toBe('{}');
  expect(await readdir(join(directory, 'new'))).toEqual(['r.json']);
});

it('what was there stays when the work fails, and nothing else is left', async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, 'r.json');
  await writeFile(path, 'old');
  const work = withOutputs({ json: path }, async () => {
    throw new Error('broken');
  });
  await expect(work).rejects.toThrow('broken');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(directory)).toEqual(['r.json']);
});

it('a place that cannot be written is refused before the work starts', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'file'), '');
  let started = false;
  const start = async () => {
    started = true;
  };
  const inFile = withOutputs({ json: join(directory, 'file', 'r.json') }, start);
  await expect(inFile).rejects.toThrow(UsageError);
  const aDirectory = withOutputs({ json: directory }, start);
  await expect(aDirectory).rejects.toThrow('cannot be written: it is a directory');
  await expect(withTable(directory, [], start)).rejects.toThrow(UsageError);
  expect(started).toBe(false);
});

it('a special file is written to and stays what it is', async () => {
  await withOutputs({ json: '/dev/null' }, async ({ json }) => json?.write('{}'));
  await withTable('/dev/null', [{ name: 'a', type: 'text' }], (write) => write(['x']));
  expect(await readdir('/dev').then((names) => names.includes('null'))).toBe(true);
});
