import { expect, test } from 'vitest';
import type { FloorRecord, FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';

export const exampleFloor: FloorRecord = {
  own: 2,
  before: 2,
  after: 5,
  sent: [{ minimum: 5, atSeconds: 1_764_000_000 }],
  isRaised: true,
  readAtSeconds: 1_764_000_000,
  due: { minimum: 8, atSeconds: 1_764_000_600 },
  version: 0,
};

/** What every store of changed minimums does. */
export function floorStoreContract(open: () => Promise<FloorStore>): void {
  test('returns what was written, with the next version', async () => {
    const store = await open();
    expect(await store.read('shop')).toBeNull();
    expect(await store.write('shop', exampleFloor)).toBe(true);
    expect(await store.read('shop')).toEqual({ ...exampleFloor, version: 1 });
    expect(await store.write('blog', { ...exampleFloor, due: null })).toBe(true);
    expect([...(await store.all()).keys()].sort()).toEqual(['blog', 'shop']);
  });

  test('refuses the second of two writes that read the same version', async () => {
    const store = await open();
    const writes = [5, 8].map((after) => store.write('shop', { ...exampleFloor, after }));
    expect((await Promise.all(writes)).toSorted()).toEqual([false, true]);
    const current = (await store.read('shop'))!;
    expect(await store.write('shop', { ...current, isRaised: false })).toBe(true);
    expect(await store.write('shop', current)).toBe(false);
    expect((await store.read('shop'))?.isRaised).toBe(false);
  });
}
