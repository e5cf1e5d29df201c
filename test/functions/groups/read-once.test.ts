import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { readStateOnce, readWindowOnce, rememberClusters } from '#functions/groups/read-once.ts';

test('a state is read once and changed by a save', async () => {
  const incidents = createMemoryIncidentStore();
  let reads = 0;
  const counted: typeof incidents = {
    ...incidents,
    state: (id) => {
      reads++;
      return incidents.state(id);
    },
  };
  const once = readStateOnce(counted);
  expect(await once.state('shop')).toBeNull();
  await once.save('shop', { step: 1 }, []);
  expect(await once.state('shop')).toEqual({ step: 1 });
  expect(await incidents.state('shop')).toEqual({ step: 1 });
  expect(reads).toBe(1);
});

describe('a window', () => {
  const STEP = 300;
  const range = { fromSeconds: 1_764_000_000, toSeconds: 1_764_000_000 + 20 * STEP };
  const at = (step: number): number => range.fromSeconds + step * STEP;

  async function once() {
    const history = createMemoryHistoryStore();
    const points = [1, 2, 5, 19, 21].map((step) => ({
      timestampSeconds: at(step),
      footprint: { cpu: step, memory: 2 * step, disk: null, network: null },
    }));
    await history.append([{ applicationId: 'shop', applicationType: null, points }]);
    const reads: string[] = [];
    const counted: typeof history = {
      ...history,
      read: (id, ...more) => {
        reads.push(id);
        return history.read(id, ...more);
      },
    };
    const shared = readWindowOnce(counted, 'shop', { range, stepSeconds: STEP });
    return { history, shared, reads };
  }

  test('within the range is what the history itself says, without being read again', async () => {
    const { history, shared, reads } = await once();
    const steps = fc.tuple(fc.nat(20), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(steps, async ([a, b]) => {
        const part = { fromSeconds: at(Math.min(a, b)), toSeconds: at(Math.max(a, b)) };
        expect(await shared.read('shop', part, STEP)).toEqual(
          await history.read('shop', part, STEP),
        );
      }),
    );
    expect(reads).toEqual(['shop']);
  });

  test.each([
    ['of another group', { id: 'other', from: 1, to: 2, step: STEP }],
    ['that reaches beyond it', { id: 'shop', from: 19, to: 22, step: STEP }],
    ['on another step', { id: 'shop', from: 0, to: 20, step: 2 * STEP }],
    ['between its steps', { id: 'shop', from: 1.01, to: 3, step: STEP }],
  ])('%s is read by itself', async (_, { id, from, to, step }) => {
    const { history, shared, reads } = await once();
    const part = { fromSeconds: at(from), toSeconds: at(to) };
    expect(await shared.read(id, part, step)).toEqual(await history.read(id, part, step));
    expect(reads).toHaveLength(2);
  });

  test('that cannot be read fails whoever asks for a part of it, and nobody else', async () => {
    const { history } = await once();
    const failing = { ...history, read: () => Promise.reject(new Error('throttled')) };
    const shared = readWindowOnce(failing, 'shop', { range, stepSeconds: STEP });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(shared.read('shop', range, STEP)).rejects.toThrow('throttled');
  });
});

describe('clusters', () => {
  function remembered() {
    const profiles = createMemoryProfileStore();
    const state = { nowMs: 0, reads: 0, fails: false };
    const counted: typeof profiles = {
      ...profiles,
      clusters: () => {
        state.reads++;
        return state.fails ? Promise.reject(new Error('throttled')) : profiles.clusters();
      },
    };
    return {
      state,
      store: rememberClusters(counted, { nowMs: () => state.nowMs, freshMs: 1000 }),
    };
  }

  test('are read once for many groups, and again when they may have changed', async () => {
    const { state, store } = remembered();
    await Promise.all([store.clusters(), store.clusters(), store.clusters()]);
    expect(state.reads).toBe(1);
    state.nowMs = 1000;
    await store.clusters();
    expect(state.reads).toBe(2);
  });

  test('that could not be read are asked for again', async () => {
    const { state, store } = remembered();
    state.fails = true;
    await expect(store.clusters()).rejects.toThrow('throttled');
    state.fails = false;
    expect(await store.clusters()).toEqual([]);
  });
});
