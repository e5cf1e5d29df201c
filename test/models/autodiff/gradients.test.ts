import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#models/autodiff/evaluate.ts';
import type { Expression } from '#models/autodiff/expression.ts';
import {
  add,
  concat,
  divide,
  exp,
  input,
  log,
  matMul,
  multiply,
  reduceSum,
  relu,
  reshape,
  scalar,
  sigmoid,
  softplus,
  split,
  sqrt,
  subtract,
  tanh,
  transpose,
} from '#models/autodiff/expression.ts';
import { gradients } from '#models/autodiff/gradients.ts';
import { sizeOf, type Shape, type Values } from '#models/autodiff/tensor-shape.ts';

/** Random numbers away from the kinks of relu and the poles of log and division. */
const number = fc
  .double({ min: 0.2, max: 2, noNaN: true })
  .chain((size) => fc.constantFrom(size, -size));
const valuesOf = (shape: Shape): fc.Arbitrary<Values> =>
  fc
    .array(number, { minLength: sizeOf(shape), maxLength: sizeOf(shape), size: 'max' })
    .map((data) => ({ data: Float64Array.from(data), shape }));

const positive = (x: Expression): Expression => add(multiply(x, x), scalar(0.5));

/** Every operator, and every way to repeat a shape; a [2 × 3], b [3], c [3 × 2], d [2 × 3 × 2]. */
const A = input('a', [2, 3]);
const B = input('b', [3]);
const C = input('c', [3, 2]);
const D = input('d', [2, 3, 2]);
const CASES: Readonly<Record<string, Expression>> = {
  Add: add(A, B),
  Sub: subtract(B, A),
  Mul: multiply(multiply(A, B), reduceSum(A, [0])),
  Div: divide(A, positive(B)),
  'MatMul of matrices': matMul(A, C),
  'MatMul of a stack and a matrix': matMul(D, transpose(C, [1, 0])),
  'MatMul of stacks': matMul(D, transpose(D, [0, 2, 1])),
  Sigmoid: sigmoid(A),
  Tanh: tanh(A),
  Relu: multiply(relu(A), B),
  Softplus: softplus(A),
  Exp: exp(A),
  Sqrt: sqrt(positive(A)),
  Log: log(positive(A)),
  ReduceSum: multiply(A, reduceSum(A, [1])),
  Reshape: matMul(reshape(A, [3, 2]), A),
  Transpose: matMul(transpose(A, [1, 0]), A),
  Concat: matMul(concat([A, multiply(A, A), B2()], 0), C),
  Part: cutAndJoined(),
  'used twice': multiply(tanh(A), add(A, sigmoid(A))),
};

function B2(): Expression {
  return reshape(multiply(B, B), [1, 3]);
}

/** One part used twice, one not at all, and the same tensor split in two ways. */
function cutAndJoined(): Expression {
  const [first, , last] = split(A, 1, [1, 1, 1]);
  const [wide] = split(A, 1, [2, 1]);
  return add(multiply(first!, add(last!, first!)), reduceSum(multiply(wide!, wide!), [1]));
}

const total = (x: Expression): Expression =>
  reshape(
    reduceSum(
      multiply(x, sigmoid(x)),
      x.shape.map((_, axis) => axis),
    ),
    [],
  );

describe('gradients', () => {
  const inputs = [A, B, C, D];
  for (const [name, expression] of Object.entries(CASES)) {
    it(`agrees with finite differences: ${name}`, () => {
      const loss = total(expression);
      // Uses every input, so that each has a gradient.
      const whole = inputs.reduce((sum, one) => add(sum, total(multiply(one, scalar(0.1)))), loss);
      const value = evaluate([whole]);
      const slopes = evaluate(gradients(whole, inputs));
      fc.assert(
        fc.property(fc.tuple(...inputs.map(({ shape }) => valuesOf(shape))), (inputValues) => {
          const at = new Map(['a', 'b', 'c', 'd'].map((key, k) => [key, inputValues[k]!]));
          slopes(at).forEach((slope, k) => {
            expect(slope.shape).toEqual(inputs[k]!.shape);
            slope.data.forEach((derivative, element) => {
              const expected = differenceQuotient(value, at, { key: 'abcd'[k]!, element });
              expect(Math.abs(derivative - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
            });
          });
        }),
        { numRuns: 8 },
      );
    });
  }

  it('refuses a loss that does not depend on a given expression', () => {
    expect(() => gradients(total(A), [B])).toThrow(/does not depend/);
  });
});

function differenceQuotient(
  value: ReturnType<typeof evaluate>,
  at: ReadonlyMap<string, Values>,
  { key, element }: { key: string; element: number },
): number {
  const step = 1e-5;
  const [above, below] = [step, -step].map((change) => {
    const { data, shape } = at.get(key)!;
    const moved = data.map((x, k) => (k === element ? x + change : x));
    return value(new Map([...at, [key, { data: moved, shape }]]))[0]!.data[0]!;
  });
  return (above! - below!) / (2 * step);
}
