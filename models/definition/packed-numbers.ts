import * as z from 'zod';
import { fromHalfBits, halfBits } from '#models/graph/half-floats.ts';

const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array);
const singles = z.custom<Float32Array>((value) => value instanceof Float32Array);

/**
 * Numbers as base64 of their little-endian bytes, eight for each: exact, and shorter than decimal
 * digits. All platforms of Node.js are little-endian.
 */
export const packedDoubles = z.codec(z.string(), doubles, {
  decode: (text, context) => {
    const bytes = fromBase64(text, 8);
    if (bytes !== null) return new Float64Array(bytes.buffer);
    context.issues.push({ code: 'custom', input: text, message: 'not packed doubles' });
    return z.NEVER;
  },
  encode: (values) => toBase64(values),
});

/** Numbers of half precision, two bytes for each. Other numbers lose what halves cannot hold. */
export const packedHalves = z.codec(z.string(), singles, {
  decode: (text, context) => {
    const bytes = fromBase64(text, 2);
    if (bytes !== null) return Float32Array.from(new Uint16Array(bytes.buffer), fromHalfBits);
    context.issues.push({ code: 'custom', input: text, message: 'not packed halves' });
    return z.NEVER;
  },
  encode: (values) => toBase64(halfBits(values)),
});

/** Arguments of one call are limited. */
const CHUNK = 8192;

function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let binary = '';
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return btoa(binary);
}

/** Null for a text that is not base64, or not of whole numbers of `size` bytes. */
function fromBase64(text: string, size: number): Uint8Array<ArrayBuffer> | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (binary.length % size !== 0) return null;
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = binary.charCodeAt(k);
  return bytes;
}
