import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

it('makes a directory and those above it, also where some or all are there', async () => {
  const root = await temporaryDirectory();
  await makeDirectory(join(root, 'a', 'b', 'c'));
  await makeDirectory(join(root, 'a', 'b', 'c'));
  await Promise.all(['d', 'e', 'd'].map((name) => makeDirectory(join(root, 'a', 'x', name))));
  expect((await stat(join(root, 'a', 'b', 'c'))).isDirectory()).toBe(true);
  expect(readdirSync(join(root, 'a', 'x'))).toEqual(['d', 'e']);
});

it('throws where a part of the path is a file', async () => {
  const root = await temporaryDirectory();
  await writeFile(join(root, 'file'), '');
  await expect(makeDirectory(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectory(join(root, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.skipIf(!existsSync('/proc'))('throws at once below a directory that takes none', async () => {
  await expect(makeDirectory('/proc/x')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(makeDirectory('/proc/x/y/z')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('throws at once in a working directory that was deleted', async () => {
  const before = process.cwd();
  const gone = await mkdtemp(join(tmpdir(), 'gone-'));
  process.chdir(gone);
  try {
    await rm(gone, { recursive: true });
    await expect(makeDirectory('a/b')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(makeDirectory(join(gone, 'a'))).resolves.toBeUndefined();
  } finally {
    process.chdir(before);
    await rm(gone, { recursive: true, force: true });
  }
});

it('is what makes directories everywhere: the recursive mkdir of Node may never return', () => {
  const rooms = [
    'adapters',
    'cli',
    'core',
    'evaluation',
    'functions',
    'html-report',
    'models',
    'scripts',
  ];
  const recursive = rooms
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
    )
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /\bmkdir(Sync)?\([^;]*recursive/.test(readFileSync(file, 'utf8')));
  expect(recursive).toEqual([]);
});
