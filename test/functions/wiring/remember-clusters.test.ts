import { describe, expect, test } from 'vitest';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { rememberClusters } from '#functions/wiring/remember-clusters.ts';

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
