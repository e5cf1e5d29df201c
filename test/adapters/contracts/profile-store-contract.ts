import { describe, expect, it } from 'vitest';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import { exampleCluster, exampleDecision, exampleProfile } from './example-profiles.ts';

/**
 * What every ProfileStore does. `open` gives an empty store that is closed when the test is over.
 */
export function profileStoreContract(name: string, open: () => Promise<ProfileStore>): void {
  describe(`${name} as ProfileStore`, () => {
    it('is empty at first', async () => {
      const store = await open();
      expect(await store.application('shop')).toBeNull();
      expect(await store.applications()).toEqual([]);
      expect(await store.clusters()).toEqual([]);
      expect(await store.allocationLog('shop', 10)).toEqual([]);
    });

    it('stores a profile as the next version and returns it unchanged', async () => {
      const store = await open();
      const first = await store.putApplication(exampleProfile);
      expect(first).toEqual({ ...exampleProfile, version: 1 });
      const second = await store.putApplication({ ...first, clusterId: 'c1' });
      expect(second.version).toBe(2);
      expect(await store.application('shop')).toEqual({
        ...exampleProfile,
        clusterId: 'c1',
        version: 2,
      });
    });

    it('lists profiles in the order of their identifiers', async () => {
      const store = await open();
      for (const applicationId of ['b', 'c', 'a']) {
        await store.putApplication({ ...exampleProfile, applicationId });
      }
      expect((await store.applications()).map((p) => p.applicationId)).toEqual(['a', 'b', 'c']);
    });

    it.each([
      ['a version that was replaced', 1],
      ['a new profile where one is stored', 0],
      ['a version that does not exist yet', 7],
    ])('refuses %s and keeps what is stored', async (_, version) => {
      const store = await open();
      await store.putApplication({
        ...(await store.putApplication(exampleProfile)),
        clusterId: 'x',
      });
      await expect(store.putApplication({ ...exampleProfile, version })).rejects.toThrow(
        VersionConflict,
      );
      expect((await store.application('shop'))?.clusterId).toBe('x');
    });

    it('rejects a first write that expects an existing version', async () => {
      const store = await open();
      await expect(store.putApplication({ ...exampleProfile, version: 1 })).rejects.toThrow(
        'profile shop is at version 0, not at 1',
      );
    });

    it('accepts exactly one of several concurrent writers', async () => {
      const store = await open();
      const writes = ['a', 'b', 'c', 'd'].map((clusterId) =>
        store.putApplication({ ...exampleProfile, clusterId }),
      );
      const results = await Promise.allSettled(writes);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      expect((await store.application('shop'))?.version).toBe(1);
    });

    it('replaces all clusters at once', async () => {
      const store = await open();
      await store.putClusters([exampleCluster('b'), exampleCluster('a')]);
      expect(await store.clusters()).toEqual([exampleCluster('a'), exampleCluster('b')]);
      await store.putClusters([exampleCluster('c')]);
      expect(await store.clusters()).toEqual([exampleCluster('c')]);
    });

    it('logs a decision once per application and instant, and returns the newest first', async () => {
      const store = await open();
      await store.logAllocation(exampleDecision('shop', 600, 2));
      await store.logAllocation(exampleDecision('shop', 300, 1));
      await store.logAllocation(exampleDecision('shop', 600, 9));
      await store.logAllocation(exampleDecision('search', 600, 5));
      await store.logAllocation(exampleDecision('shop', 900, 3));
      const log = await store.allocationLog('shop', 10);
      expect(log).toEqual([
        exampleDecision('shop', 900, 3),
        exampleDecision('shop', 600, 2),
        exampleDecision('shop', 300, 1),
      ]);
      expect(await store.allocationLog('shop', 2)).toEqual(log.slice(0, 2));
      expect(await store.allocationLog('shop', 0)).toEqual([]);
    });
  });
}
