import { describe, expect, it } from 'vitest';
import type { IncidentStore } from '#core/domain/ports.ts';
import { exampleIncident } from './example-profiles.ts';

/** What every IncidentStore does. `open` gives an empty store that is closed when the test is over. */
export function incidentStoreContract(name: string, open: () => Promise<IncidentStore>): void {
  describe(`${name} as IncidentStore`, () => {
    it('has neither state nor incidents at first', async () => {
      const store = await open();
      expect(await store.state('shop')).toBeNull();
      expect(await store.incidents('shop')).toEqual([]);
    });

    it('keeps the last state of each application', async () => {
      const store = await open();
      await store.save('shop', { recent: [1, 0.1, null], open: {} }, []);
      await store.save('search', { recent: [] }, []);
      await store.save('shop', { recent: [2] }, []);
      expect(await store.state('shop')).toEqual({ recent: [2] });
      expect(await store.state('search')).toEqual({ recent: [] });
    });

    it('replaces an incident that grew or ended and orders incidents by start', async () => {
      const store = await open();
      await store.save('shop', {}, [exampleIncident(900, null), exampleIncident(300, 600)]);
      await store.save('shop', {}, [{ ...exampleIncident(900, 1500), severity: 4 }]);
      expect(await store.incidents('shop')).toEqual([
        exampleIncident(300, 600),
        { ...exampleIncident(900, 1500), severity: 4 },
      ]);
      expect(await store.incidents('search')).toEqual([]);
    });

    it('distinguishes incidents of different resources at the same instant', async () => {
      const store = await open();
      const memory = { ...exampleIncident(300, null), resource: 'memory' } as const;
      await store.save('shop', {}, [memory, exampleIncident(300, null)]);
      expect(await store.incidents('shop')).toEqual([exampleIncident(300, null), memory]);
    });
  });
}
