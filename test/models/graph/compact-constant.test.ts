import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { createGraphBuilder, type GraphBuilder } from '#models/graph/graph-builder.ts';
import { halfBits, toHalf } from '#models/graph/half-floats.ts';
import { encodeTensorModel } from '#models/onnx/encode-tensor-model.ts';

interface Read {
  readonly values: number[];
  readonly bytes: number;
}

/** The constant of a file as ONNX Runtime reads it, and the size of the file. */
async function read(add: (graph: GraphBuilder) => { readonly name: string }): Promise<Read> {
  const graph = createGraphBuilder();
  const constant = graph.op('Cast', [add(graph)], { to: 1 });
  const sum = graph.op('Add', [constant, { name: 'zero' }]);
  const file = encodeTensorModel(graph, { inputs: [['zero', [1]]], outputs: [['sum', [-1], sum]] });
  const session = await InferenceSession.create(file, { logSeverityLevel: 3 });
  const { sum: tensor } = await session.run({ zero: new Tensor('float32', [0], [1]) });
  await session.release();
  return { values: Array.from(tensor!.data as Float32Array), bytes: file.length };
}

const whole = (most: number) =>
  fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 600 });

describe('constants of a model file', () => {
  it('keep their values, few or many, small or large', async () => {
    const lists = fc.oneof(
      whole(9),
      whole(300),
      whole(70_000),
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
        minLength: 1,
        maxLength: 400,
      }),
      fc.array(fc.constantFrom(0.1, -3.5, 7, 0), { minLength: 1, maxLength: 600 }),
    );
    await fc.assert(
      fc.asyncProperty(lists, async (list) => {
        const { values } = await read((graph) => graph.floats(list, [list.length]));
        expect(values).toEqual(Array.from(Float32Array.from(list), (value) => value + 0));
      }),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          whole(9),
          whole(70_000),
          fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }),
        ),
        async (list) => {
          const { values } = await read((graph) => graph.ints(list, [list.length]));
          expect(values).toEqual(list.map((value) => value + 0));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('take one byte each if few values occur, and are stored once', async () => {
    const places = Array.from({ length: 1000 }, (_, k) => k % 7);
    const weights = places.map((place) => place / 3);
    expect((await read((graph) => graph.ints(places, [1000]))).bytes).toBeLessThan(1300);
    expect((await read((graph) => graph.floats(weights, [1000]))).bytes).toBeLessThan(1300);
    const twice = await read((graph) =>
      graph.op('Add', [graph.floats(weights, [1000]), graph.floats(weights, [1000])]),
    );
    expect(twice.bytes).toBeLessThan(1300);
    expect(twice.values[5]).toBeCloseTo(10 / 3, 5);
  });
});

describe('half precision', () => {
  it('rounds to eleven bits, ties to even', () => {
    // By the definition of binary16: spacing 2^-10 from 1 to 2, 2^-24 below 2^-14, largest number
    // 65,504.
    expect(toHalf(1 + 2 ** -11)).toBe(1);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(toHalf(1 + 2 ** -10)).toBe(1 + 2 ** -10);
    expect(toHalf(-1e6)).toBe(-65_504);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(3 * 2 ** -25)).toBe(2 ** -23);
    expect([...halfBits([1, -2, 65_504, 2 ** -24, 0])]).toEqual([0x3c00, 0xc000, 0x7bff, 1, 0]);
  });

  it('is read by ONNX Runtime with the same values', async () => {
    const number = fc.double({ min: -70_000, max: 70_000, noNaN: true });
    const small = fc.double({ min: -1, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(number, small), { minLength: 1 }), async (list) => {
        const rounded = list.map(toHalf);
        rounded.forEach((value, k) => {
          expect(toHalf(value)).toBe(value);
          const size = Math.min(65_504, Math.abs(list[k]!));
          expect(Math.abs(Math.abs(value) - size)).toBeLessThanOrEqual(size * 2 ** -11 + 2 ** -25);
        });
        const { values } = await read((graph) => graph.halves(rounded, [rounded.length]));
        expect(values).toEqual(rounded.map((value) => value + 0));
      }),
      { numRuns: 20 },
    );
  });
});
