/** A complex signal. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Discrete Fourier transform of any length: Cooley and Tukey (Mathematics of Computation 19, 1965) over the prime factors
 * of the length, so a week of five-minute points (2^5 · 3^2 · 7) takes n · Σ factors operations.
 * @param sign −1 forwards, +1 backwards (not divided by the length).
 */
export function fourier({ re, im }: Spectrum, sign: 1 | -1 = -1): Spectrum {
  const length = re.length;
  const factor = smallestFactor(length);
  if (length <= 1) return { re: re.slice(), im: im.slice() };
  const parts = Array.from({ length: factor }, (_, offset) =>
    factor === length
      ? { re: re.slice(offset, offset + 1), im: im.slice(offset, offset + 1) }
      : fourier({ re: strided(re, offset, factor), im: strided(im, offset, factor) }, sign),
  );
  return combine(parts, { length, sign });
}

function combine(
  parts: readonly Spectrum[],
  { length, sign }: { readonly length: number; readonly sign: 1 | -1 },
): Spectrum {
  const out = { re: new Float64Array(length), im: new Float64Array(length) };
  const size = length / parts.length;
  for (let k = 0; k < length; k++) {
    for (const [offset, part] of parts.entries()) {
      const angle = (sign * 2 * Math.PI * ((offset * k) % length)) / length;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [re, im] = [part.re[k % size]!, part.im[k % size]!];
      out.re[k]! += re * cos - im * sin;
      out.im[k]! += re * sin + im * cos;
    }
  }
  return out;
}

function strided(values: Float64Array, offset: number, stride: number): Float64Array {
  const out = new Float64Array(values.length / stride);
  for (let k = 0; k < out.length; k++) out[k] = values[offset + k * stride]!;
  return out;
}

function smallestFactor(length: number): number {
  for (let factor = 2; factor * factor <= length; factor++)
    if (length % factor === 0) return factor;
  return length;
}
