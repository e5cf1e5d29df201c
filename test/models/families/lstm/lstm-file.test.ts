import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLstm, encodeLstm } from '#models/families/lstm/lstm-file.ts';

const network = fc.record({
  hidden: fc.integer({ min: 1, max: 64 }),
  levels: fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 1 }),
  parameters: fc.float32Array({ minLength: 1, maxLength: 200 }),
});

describe('decodeLstm', () => {
  it('reads what was written, bit by bit', () => {
    fc.assert(
      fc.property(network, (one) => {
        expect(decodeLstm(encodeLstm(one))).toEqual(one);
      }),
    );
  });

  it('refuses other files and shortened ones', () => {
    const levels = [0.5];
    const bytes = encodeLstm({ hidden: 2, levels, parameters: Float32Array.of(1, 2, 3) });
    expect(() => decodeLstm(bytes.subarray(0, -1))).toThrow('11 bytes of weights, 12 were');
    expect(() => decodeLstm(new TextEncoder().encode('{"format":"other"}\n'))).toThrow(RangeError);
    expect(() => decodeLstm(new Uint8Array())).toThrow(RangeError);
  });
});
