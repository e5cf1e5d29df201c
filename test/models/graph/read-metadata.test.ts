import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeModel } from '#models/graph/model-proto.ts';
import { readMetadataProps } from '#models/graph/read-metadata.ts';

function fileWith(entries: readonly (readonly [string, string])[]): Uint8Array {
  return encodeModel({
    irVersion: 8,
    producerName: 'foreprint',
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: entries.map(([key, value]) => ({ key, value })),
    graph: { name: 'empty', node: [], initializer: [], input: [], output: [] },
  });
}

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 200 }));

describe('readMetadataProps', () => {
  it('reads what was written, and the last value of a key', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), (entries) => {
        expect(readMetadataProps(fileWith(entries))).toEqual(new Map(entries));
      }),
    );
  });

  it('refuses a file that ends within a field', () => {
    const file = fileWith([['foreprint.model', 'x'.repeat(300)]]);
    for (let missing = 1; missing < 300; missing++) {
      expect(() => readMetadataProps(file.subarray(0, -missing))).toThrow(RangeError);
    }
  });

  it('either reads any bytes or throws a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          expect(readMetadataProps(bytes)).toBeInstanceOf(Map);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
