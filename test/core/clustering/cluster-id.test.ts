import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newClusterId } from '#core/clustering/cluster-id.ts';

describe('newClusterId', () => {
  it.each([
    ['shop-eu', 'like-shop-eu'],
    ['Shop_2.eu', 'like-Shop_2.eu'],
    ['shop/eu west', 'like-shop-eu-west'],
    ['café', 'like-cafe'],
    ['../etc', 'like-etc'],
    ['東京', 'like-unnamed'],
    ['', 'like-unnamed'],
  ])('names a cluster with the medoid "%s" %s', (medoid, clusterId) => {
    expect(newClusterId(medoid, new Set())).toBe(clusterId);
  });

  it('counts where the identifier is taken', () => {
    const taken = new Set(['like-shop-eu', 'like-shop-eu-2']);
    expect(newClusterId('shop-eu', taken)).toBe('like-shop-eu-3');
    expect(newClusterId('shop/eu', taken)).toBe('like-shop-eu-3');
  });

  it('is short plain ASCII and never taken, whatever the name is', () => {
    const names = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 });
    fc.assert(
      fc.property(names, (medoids) => {
        const taken = new Set<string>();
        for (const medoid of medoids) {
          const clusterId = newClusterId(medoid, taken);
          expect(taken.has(clusterId)).toBe(false);
          expect(clusterId).toMatch(/^like-[A-Za-z0-9._-]{1,60}$/);
          taken.add(clusterId);
        }
      }),
      { numRuns: 25 },
    );
  });
});
