import { describe, expect, it } from 'vitest';
import type { WatermarkStore } from '#core/domain/ports.ts';
import type { IngestStage, Watermark } from '#core/domain/watermark.ts';

const mark = (from: number, through: number, stage: IngestStage = 'measured'): Watermark => ({
  fromSeconds: from,
  throughSeconds: through,
  stage,
});

/** What every WatermarkStore does. `open` gives an empty store. */
export function watermarkStoreContract(name: string, open: () => Promise<WatermarkStore>): void {
  describe(`${name} as WatermarkStore`, () => {
    it('begins empty and gives back what was saved', async () => {
      const store = await open();
      expect(await store.read()).toEqual(new Map());
      const marks = new Map([
        ['shop', mark(0, 300, 'new')],
        ['constructor', mark(300, 900)],
        ['__proto__', mark(600, 1200, 'settled')],
      ]);
      await store.save(marks);
      expect(await store.read()).toEqual(marks);
    });

    it('adds what was read to what is stored', async () => {
      const store = await open();
      await store.save(new Map([['shop', mark(300, 900, 'settled')]]));
      await store.save(
        new Map([
          ['shop', mark(0, 600)],
          ['blog', mark(0, 300)],
        ]),
      );
      expect(await store.read()).toEqual(
        new Map([
          ['shop', mark(0, 900, 'settled')],
          ['blog', mark(0, 300)],
        ]),
      );
    });

    it('forgets an application that is removed, and only that one', async () => {
      const store = await open();
      await store.save(
        new Map([
          ['shop', mark(0, 300)],
          ['blog', mark(0, 300)],
        ]),
      );
      await store.remove('shop');
      await store.remove('nobody');
      expect([...(await store.read()).keys()]).toEqual(['blog']);
    });

    it('does not follow changes of the map that it gave', async () => {
      const store = await open();
      await store.save(new Map([['shop', mark(0, 300)]]));
      ((await store.read()) as Map<string, Watermark>).clear();
      expect((await store.read()).size).toBe(1);
    });
  });
}
