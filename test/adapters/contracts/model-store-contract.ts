import { describe, expect, it } from 'vitest';
import type { ModelStore } from '#core/domain/ports.ts';

/** SHA-256 of "abc" (FIPS 180-4, example B.1). */
const ABC_HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const abc = new TextEncoder().encode('abc');

/** What every ModelStore does. `open` gives an empty store. */
export function modelStoreContract(name: string, open: () => Promise<ModelStore>): void {
  describe(`${name} as ModelStore`, () => {
    it('stores bytes under their SHA-256 and returns them', async () => {
      const store = await open();
      const { sha256, file } = await store.put(abc);
      expect(sha256).toBe(ABC_HASH);
      expect(file).toContain(ABC_HASH);
      expect([...(await store.get(sha256))]).toEqual([...abc]);
    });

    it('accepts the same bytes twice', async () => {
      const store = await open();
      expect(await store.put(abc)).toEqual(await store.put(abc));
    });

    it('copies the bytes on put and get', async () => {
      const store = await open();
      const bytes = Uint8Array.from(abc);
      const { sha256 } = await store.put(bytes);
      bytes.fill(0);
      (await store.get(sha256)).fill(0);
      expect([...(await store.get(sha256))]).toEqual([...abc]);
    });

    it('rejects an unknown hash', async () => {
      const store = await open();
      await expect(store.get(ABC_HASH)).rejects.toThrow(ABC_HASH);
    });
  });
}
