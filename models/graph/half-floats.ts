const MOST = 65_504;
/**
 * Exponent of the smallest numbers with all eleven bits, which also gives the spacing of smaller
 * numbers.
 */
const LEAST_EXPONENT = -14;
const BITS = 10;

/**
 * A number rounded to IEEE 754 half precision, ties to even. A number beyond the range becomes the
 * largest one. Eleven bits are enough for the weights of a network.
 */
export function toHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0)) return value;
  const exponent = Math.max(LEAST_EXPONENT, exponentOf(size));
  const unit = 2 ** (exponent - BITS);
  const scaled = size / unit;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  return Math.sign(value) * Math.min(MOST, (below + (up ? 1 : 0)) * unit);
}

/** Bits of numbers that have half precision already. */
export function halfBits(values: ArrayLike<number>): Uint16Array {
  return Uint16Array.from({ length: values.length }, (_, k) => bitsOf(values[k]));
}

/** The number that bits of half precision stand for. */
export function fromHalfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> BITS) & 0x1f;
  const fraction = bits & (2 ** BITS - 1);
  if (exponent === 0) return sign * fraction * 2 ** (LEAST_EXPONENT - BITS);
  return sign * (1 + fraction / 2 ** BITS) * 2 ** (exponent - 15);
}

function bitsOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  if (size < 2 ** LEAST_EXPONENT) return sign | (size * 2 ** (BITS - LEAST_EXPONENT));
  const exponent = exponentOf(size);
  return sign | ((exponent + 15) << BITS) | ((size / 2 ** exponent - 1) * 2 ** BITS);
}

function exponentOf(size: number): number {
  const exponent = Math.floor(Math.log2(size));
  // The logarithm of a number just below a power of two may be rounded up to the power.
  return 2 ** exponent > size ? exponent - 1 : exponent;
}
