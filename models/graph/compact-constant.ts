import { FLOAT, INT64, UINT16, UINT8 } from './element-types.ts';
import type { TensorProto } from './model-proto.ts';

/** The stored form of a constant. */
export type Stored = Pick<TensorProto, 'dims' | 'dataType' | 'rawData'>;

/**
 * A tensor as it is, as smaller whole numbers, or as indices into a list of its distinct values.
 */
export type CompactConstant =
  | { readonly kind: 'plain'; readonly values: Stored }
  | { readonly kind: 'narrow'; readonly values: Stored }
  | { readonly kind: 'palette'; readonly values: Stored; readonly places: Stored };

/** Bytes of an additional node and its name. A saving must be larger. */
const OVERHEAD = 128;

/** Little-endian bytes, as the file format requires. All platforms of Node.js are little-endian. */
export const rawBytes = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Whole numbers from 0 to 65,535 in one or two bytes each; null if other numbers occur. */
function narrow(values: ArrayLike<number>, dims: readonly number[]): Stored | null {
  let most = 0;
  for (let k = 0; k < values.length; k++) {
    if (!(values[k] >= 0)) return null;
    if (values[k] > most) most = values[k];
  }
  if (most < 2 ** 8) return { dims, dataType: UINT8, rawData: Uint8Array.from(values) };
  if (most >= 2 ** 16) return null;
  return { dims, dataType: UINT16, rawData: rawBytes(Uint16Array.from(values)) };
}

/**
 * Int64 constants, stored in fewer bytes if possible: tables of indices rarely need eight bytes.
 */
export function compactInts(
  values: ArrayLike<number>,
  dims: readonly number[],
): Exclude<CompactConstant, { readonly kind: 'palette' }> {
  const narrowed = narrow(values, dims);
  const saved = 8 * values.length - (narrowed?.rawData.length ?? Infinity);
  if (narrowed && saved > OVERHEAD) return { kind: 'narrow', values: narrowed };
  const whole = BigInt64Array.from(Array.from(values), BigInt);
  return { kind: 'plain', values: { dims, dataType: INT64, rawData: rawBytes(whole) } };
}

/** Float32 constants, stored as indices if possible: tables of weights often repeat few values. */
export function compactFloats(values: ArrayLike<number>, dims: readonly number[]): CompactConstant {
  const floats = Float32Array.from(values);
  const plain = { dims, dataType: FLOAT, rawData: rawBytes(floats) };
  const whole = floats.every(Number.isInteger) ? narrow(floats, dims) : null;
  const places = new Map<number, number>();
  // With more distinct values the list cannot save anything.
  const most = Math.min(2 ** 16, (floats.length * 4 - OVERHEAD) / 4);
  for (const value of floats) {
    if (places.has(value)) continue;
    if (places.size >= most) {
      return whole ? { kind: 'narrow', values: whole } : { kind: 'plain', values: plain };
    }
    places.set(value, places.size);
  }
  const stored = narrow(
    Array.from(floats, (value) => places.get(value)!),
    dims,
  )!;
  const listedBytes = stored.rawData.length + 4 * places.size;
  if (whole && whole.rawData.length <= Math.min(listedBytes, plain.rawData.length - OVERHEAD)) {
    return { kind: 'narrow', values: whole };
  }
  if (listedBytes + OVERHEAD > plain.rawData.length) return { kind: 'plain', values: plain };
  const palette = Float32Array.from(places.keys());
  const listed = { dims: [palette.length], dataType: FLOAT, rawData: rawBytes(palette) };
  return { kind: 'palette', values: listed, places: stored };
}
