import { fourier, rootsOfUnity, type Spectrum } from './fourier.ts';

/**
 * The real signal whose Fourier transform has this lower half, frequencies 0 to ⌊length ÷ 2⌋; not
 * divided by the length. Even and odd values are found together, as one complex signal of half the
 * length (Cooley, Lewis and Welch, Journal of Sound and Vibration 12, 1970).
 */
export function realSignal(lower: Spectrum, length: number): Float64Array {
  const half = length / 2;
  if (!Number.isInteger(half)) return fourier(mirrored(lower, length), 1).re;
  const roots = rootsOfUnity(length, 1);
  const pairs = emptySpectrum(half);
  for (let k = 0; k < half; k++) {
    const evenRe = lower.re[k] + lower.re[half - k];
    const evenIm = lower.im[k] - lower.im[half - k];
    const differenceRe = lower.re[k] - lower.re[half - k];
    const differenceIm = lower.im[k] + lower.im[half - k];
    pairs.re[k] = evenRe - (differenceRe * roots.im[k] + differenceIm * roots.re[k]);
    pairs.im[k] = evenIm + (differenceRe * roots.re[k] - differenceIm * roots.im[k]);
  }
  const { re, im } = fourier(pairs, 1);
  const signal = new Float64Array(length);
  for (let k = 0; k < half; k++) {
    signal[2 * k] = re[k]!;
    signal[2 * k + 1] = im[k]!;
  }
  return signal;
}

/** All frequencies of a real signal of odd length. */
function mirrored({ re, im }: Spectrum, length: number): Spectrum {
  const whole = emptySpectrum(length);
  for (let k = 0; k < length; k++) {
    const isMirror = k >= re.length;
    whole.re[k] = re[isMirror ? length - k : k]!;
    whole.im[k] = isMirror ? -im[length - k] : im[k];
  }
  return whole;
}

const emptySpectrum = (length: number): Spectrum => ({
  re: new Float64Array(length),
  im: new Float64Array(length),
});
