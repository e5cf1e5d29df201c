import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { anyState } from './arbitrary-state.ts';
import { exampleIncident } from './example-profiles.ts';

/**
 * What every IncidentStore does. `open` gives an empty store that is closed when the test is over.
 */
export function incidentStoreContract(name: string, open: () => Promise<IncidentStore>): void {
  describe(`${name} as IncidentStore`, () => {
    it('has neither state nor incidents at first', async () => {
      const store = await open();
      expect(await store.state('shop')).toBeNull();
      expect(await store.incidents('shop')).toEqual([]);
    });

    it('keeps the last state of each application', async () => {
      const store = await open();
      const at = (lastStepSeconds: number) => ({ ...NEW_CONTROLLER_STATE, lastStepSeconds });
      await store.save('shop', at(300), []);
      await store.save('search', at(600), []);
      await store.save('shop', at(900), []);
      expect(await store.state('shop')).toEqual(at(900));
      expect(await store.state('search')).toEqual(at(600));
    });

    it('gives back every state as it was saved', async () => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(anyState, async (state) => {
          await store.save('shop', state, []);
          expect(await store.state('shop')).toStrictEqual(state);
        }),
        { numRuns: 20 },
      );
    });

    it('replaces an incident that grew or ended and orders incidents by start', async () => {
      const store = await open();
      const state = NEW_CONTROLLER_STATE;
      await store.save('shop', state, [exampleIncident(900, null), exampleIncident(300, 600)]);
      await store.save('shop', state, [{ ...exampleIncident(900, 1500), severity: 4 }]);
      expect(await store.incidents('shop')).toEqual([
        exampleIncident(300, 600),
        { ...exampleIncident(900, 1500), severity: 4 },
      ]);
      expect(await store.incidents('search')).toEqual([]);
    });

    it('distinguishes incidents of different resources at the same instant', async () => {
      const store = await open();
      const memory = { ...exampleIncident(300, null), resource: 'memory' } as const;
      await store.save('shop', NEW_CONTROLLER_STATE, [memory, exampleIncident(300, null)]);
      expect(await store.incidents('shop')).toEqual([exampleIncident(300, null), memory]);
    });
  });
}
