import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLocalStore, type LocalStore } from '#adapters/local/store/open-local-store.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { startChild } from './child-process.ts';
import { CLUSTERS, knownBatch, knownValue, START, STEP, STEPS_PER_BATCH } from './known-points.ts';

const KILLS = 5;
/**
 * Longer than a few imports take, so that kills fall anywhere in them; different in every round.
 */
const LONGEST_LIFE_MS = 400;

it('loses and doubles nothing when the process is killed at any moment', async () => {
  const directory = await temporaryDirectory();
  let stored = -1;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild('append-until-killed.ts', [directory, String(stored + 1)]);
    await child.line('open');
    await delay(Math.random() * LONGEST_LIFE_MS);
    child.process.kill('SIGKILL');
    await child.ended;
    const promised = child.lines.findLast((line) => line.startsWith('stored '));
    stored = Math.max(stored, Number(promised?.split(' ')[1] ?? -1));

    const store = await openLocalStore(directory);
    await expectWhole(store, stored);
    await store.close();
  }
  const store = await openLocalStore(directory);
  for (let batch = 0; batch <= stored + 1; batch++) await store.history.append(knownBatch(batch));
  for (const { points } of await store.history.applications()) {
    expect(points).toBe((stored + 2) * STEPS_PER_BATCH);
  }
  await expectWhole(store, stored + 1, stored);
  await store.close();
});

/** Every promised batch is there once, a batch that was under way is there whole or not at all. */
async function expectWhole(store: LocalStore, batches: number, logged = batches): Promise<void> {
  const applications = await store.history.applications();
  if (batches >= 0) expect(applications).toHaveLength(3);
  for (const { points } of applications) {
    expect(points % STEPS_PER_BATCH).toBe(0);
    expect(points / STEPS_PER_BATCH).toBeGreaterThanOrEqual(batches + 1);
    expect(points / STEPS_PER_BATCH).toBeLessThanOrEqual(batches + 2);
  }
  expect(new Set(applications.map(({ points }) => points)).size).toBeLessThanOrEqual(1);
  for (const [a, { applicationId, points }] of applications.entries()) {
    const range = { fromSeconds: START, toSeconds: START + points * STEP };
    const { values } = await store.history.read(applicationId, range, STEP);
    const expected = Float64Array.from({ length: points }, (_, step) => knownValue(a, step));
    expect(values.cpu).toEqual(expected);
    expect(values.memory).toEqual(expected.map((value) => value + 0.5));
  }
  await expectDocuments(store, logged);
}

/** Documents that were promised are there; one more may be, and the log has no entry twice. */
async function expectDocuments(
  { profiles, incidents }: LocalStore,
  batches: number,
): Promise<void> {
  if (batches >= 0) {
    const profile = await profiles.application('shop');
    expect(profile?.divergenceStreak).toBeGreaterThanOrEqual(batches);
  }
  const log = (await profiles.allocationLog('shop', 100_000)).map((entry) => entry.instances);
  const least = Array.from({ length: batches + 1 }, (_, k) => batches - k);
  expect([least, [batches + 1, ...least]]).toContainEqual(log);
  const known = (await incidents.incidents('shop')).map((incident) => incident.startSeconds / 300);
  const ascending = least.toReversed();
  expect([ascending, [...ascending, batches + 1]]).toContainEqual(known);
  // State and incidents are saved together, and so are all clusters.
  expect((await incidents.state('shop'))?.lastStepSeconds).toBe(known.at(-1));
  const clusters = await profiles.clusters();
  expect(clusters.length % CLUSTERS).toBe(0);
  expect(clusters.length).toBeGreaterThanOrEqual(batches >= 0 ? CLUSTERS : 0);
  expect(new Set(clusters.map(({ version }) => version)).size).toBeLessThanOrEqual(1);
}
