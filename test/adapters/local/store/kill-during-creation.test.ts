import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { startChild } from './child-process.ts';
import { knownBatch } from './known-points.ts';

/**
 * More of them are for a long run: STORE_KILLS=100 npx vitest run …/kill-during-creation.test.ts
 */
const KILLS = Number(process.env['STORE_KILLS'] ?? 4);

/** Longer than it takes to create a few stores, so that kills fall anywhere in a creation. */
const LONGEST_LIFE_MS = 150;

it('a store starts anew after the process that created it was killed', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const directory = await temporaryDirectory();
    const child = startChild('create-until-killed.ts', [directory]);
    await child.line('begins');
    await delay(Math.random() * LONGEST_LIFE_MS);
    child.process.kill('SIGKILL');
    await child.ended;
    for (const name of await readdir(directory)) {
      const place = join(directory, name);
      const store = await openLocalStore(place);
      await store.history.append(knownBatch(0));
      expect(await store.history.applications()).toHaveLength(3);
      await store.close();
    }
  }
}, 1_200_000);
