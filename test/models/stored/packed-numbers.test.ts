import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { packedDoubles, packedHalves } from '#models/definition/packed-numbers.ts';
import { toHalf } from '#models/graph/half-floats.ts';

describe('packed numbers', () => {
  it('give back every double, also those that JSON cannot hold', () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 50 }), (values) => {
        const text = z.encode(packedDoubles, values);
        expect(z.decode(packedDoubles, text)).toEqual(values);
      }),
    );
  });

  it('give back doubles that are a part of a longer array', () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(z.decode(packedDoubles, z.encode(packedDoubles, part))).toEqual(Float64Array.of(2, 3));
  });

  it('give back every number of half precision', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ maxLength: 50, noNaN: true, noDefaultInfinity: true }),
        (values) => {
          const halves = values.map(toHalf);
          expect(z.decode(packedHalves, z.encode(packedHalves, halves))).toEqual(halves);
        },
      ),
    );
  });

  it('hold long lists', () => {
    const values = Float64Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
    expect(z.decode(packedDoubles, z.encode(packedDoubles, values))).toEqual(values);
  });

  it.each(['not base64!', 'AAAA'])('refuse "%s"', (text) => {
    expect(z.safeDecode(packedDoubles, text).success).toBe(false);
  });
});
