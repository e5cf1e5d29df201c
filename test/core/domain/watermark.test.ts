import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INGEST_STAGES, mergeWatermarks, type Watermark } from '#core/domain/watermark.ts';

const anyMark = fc
  .record({
    from: fc.integer({ min: 0, max: 100 }),
    length: fc.integer({ min: 0, max: 60 }),
    stage: fc.constantFrom(...INGEST_STAGES),
    delays: fc.option(fc.record({ cpu: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] })),
  })
  .map(({ from, length, stage, delays }): Watermark => ({
    ...{ fromSeconds: from, throughSeconds: from + length, stage },
    ...(delays && { delaySeconds: delays }),
  }));

test('merging does not depend on the order, repeats nothing, and claims nothing that neither has read', () => {
  fc.assert(
    fc.property(anyMark, anyMark, (a, b) => {
      const merged = mergeWatermarks(a, b);
      expect(mergeWatermarks(b, a)).toEqual(merged);
      expect(mergeWatermarks(merged, a)).toEqual(merged);
      for (let t = merged.fromSeconds; t < merged.throughSeconds; t++) {
        const read = [a, b].some((m) => m.fromSeconds <= t && t < m.throughSeconds);
        expect(read).toBe(true);
      }
    }),
  );
});
