import { sizeOf, type Values } from './tensor-shape.ts';

/** Sums over the axes, which keep the length 1. */
export function sumAxes(a: Values, axes: readonly number[]): Values {
  return axes.reduce((values, axis) => {
    const { length, inner, outer } = around(values, axis);
    const data = new Float64Array(outer * inner);
    for (let o = 0; o < outer; o++) {
      for (let k = 0; k < length; k++) {
        const from = (o * length + k) * inner;
        for (let i = 0; i < inner; i++) data[o * inner + i] += values.data[from + i];
      }
    }
    return { data, shape: values.shape.map((one, k) => (k === axis ? 1 : one)) };
  }, a);
}

export function permute(a: Values, axes: readonly number[]): Values {
  const shape = axes.map((axis) => a.shape[axis]);
  const strides = axes.map((axis) => sizeOf(a.shape.slice(axis + 1)));
  const data = new Float64Array(a.data.length);
  const index = new Array<number>(axes.length).fill(0);
  for (let k = 0, from = 0; k < data.length; k++) {
    data[k] = a.data[from];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return { data, shape };
}

export function concatenate(parts: readonly Values[], axis: number): Values {
  const length = parts.reduce((sum, { shape }) => sum + shape[axis], 0);
  const shape = parts[0].shape.map((one, k) => (k === axis ? length : one));
  const data = new Float64Array(sizeOf(shape));
  const row = length * sizeOf(shape.slice(axis + 1));
  let start = 0;
  for (const part of parts) {
    const { outer } = around(part, axis);
    const width = part.data.length / outer;
    for (let o = 0; o < outer; o++) {
      data.set(part.data.subarray(o * width, (o + 1) * width), o * row + start);
    }
    start += width;
  }
  return { data, shape };
}

export interface Cut {
  readonly lengths: readonly number[];
  readonly part: number;
}

export function cutOut(a: Values, axis: number, { lengths, part }: Cut): Values {
  const { length, inner, outer } = around(a, axis);
  const width = lengths[part] * inner;
  const start = lengths.slice(0, part).reduce((sum, one) => sum + one, 0) * inner;
  const data = new Float64Array(outer * width);
  for (let o = 0; o < outer; o++) {
    const from = o * length * inner + start;
    data.set(a.data.subarray(from, from + width), o * width);
  }
  return { data, shape: a.shape.map((one, k) => (k === axis ? lengths[part] : one)) };
}

/** Length of an axis, and the number of elements inside and outside it. */
function around({ shape }: Values, axis: number) {
  const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1))];
  return { length: shape[axis], inner, outer };
}
