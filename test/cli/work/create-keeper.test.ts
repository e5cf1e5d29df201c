import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { createKeeper } from '#cli/work/create-keeper.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const canMount = (() => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

const point = (timestampSeconds: number) => ({
  timestampSeconds,
  footprint: { cpu: 1, memory: null, disk: null, network: null },
});

it.skipIf(!canMount)('points wait while the disk is full, and are stored later', async () => {
  const disk = join(await temporaryDirectory(), 'disk');
  await mkdir(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  const store = join(disk, 'store');
  const keep = createKeeper(store, 'host');
  expect(await keep([point(0)])).toBe(0);
  const filler = join(disk, 'filler');
  await writeFile(filler, Buffer.alloc(8 * 1024 ** 2)).catch(() => undefined);
  expect(await keep([point(60)])).toBe(1);
  expect(await keep([point(120)])).toBe(2);
  await rm(filler);
  expect(await keep([])).toBe(0);
  const open = await openLocalStore(store);
  expect((await open.history.application('host'))?.points).toBe(3);
  await open.close();
});
