import { broadcastShape, sizeOf, type Shape, type Values } from './tensor-shape.ts';

type Binary = 'Add' | 'Sub' | 'Mul' | 'Div';

const KERNELS: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

export const unaryKernels = {
  Sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  Tanh: Math.tanh,
  Relu: (x: number) => (x > 0 ? x : 0),
  Sign: Math.sign,
  // This form does not overflow for large x.
  Softplus: (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Exp: Math.exp,
  Sqrt: Math.sqrt,
  Log: Math.log,
} as const;

/** Applies the operator element by element. The shorter shape is repeated. */
export function elementwise(operator: Binary, a: Values, b: Values): Values {
  const kernel = KERNELS[operator];
  const shape = broadcastShape(a.shape, b.shape);
  const data = new Float64Array(sizeOf(shape));
  const [x, y] = [a.data, b.data];
  if (x.length === data.length && data.length % y.length === 0 && isSuffix(b.shape, shape)) {
    for (let k = 0, at = 0; k < data.length; k++) {
      data[k] = kernel(x[k], y[at]);
      if (++at === y.length) at = 0;
    }
    return { data, shape };
  }
  const [fromA, fromB] = [offsets(a.shape, shape), offsets(b.shape, shape)];
  for (let k = 0; k < data.length; k++) data[k] = kernel(x[fromA(k)], y[fromB(k)]);
  return { data, shape };
}

/**
 * True if the shape, without leading ones, is the end of the whole shape. Its elements then repeat
 * in order.
 */
function isSuffix(part: Shape, whole: Shape): boolean {
  const first = part.findIndex((length) => length !== 1);
  const core = first === -1 ? [] : part.slice(first);
  return core.every((length, k) => length === whole[whole.length - core.length + k]);
}

/** Maps the index of an element of the whole to its index in the repeated part. */
function offsets(part: Shape, whole: Shape): (index: number) => number {
  const lead = whole.length - part.length;
  const strides = new Array<number>(whole.length).fill(0);
  for (let axis = part.length - 1, stride = 1; axis >= 0; axis--) {
    if (part[axis] > 1) strides[lead + axis] = stride;
    stride *= part[axis];
  }
  return (index) => {
    let rest = index;
    let at = 0;
    for (let axis = whole.length - 1; axis >= 0; axis--) {
      const length = whole[axis];
      at += (rest % length) * strides[axis];
      rest = Math.floor(rest / length);
    }
    return at;
  };
}
