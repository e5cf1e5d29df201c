/** A complex signal. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Discrete Fourier transform of any length: Cooley and Tukey (Mathematics of Computation 19, 1965)
 * over the prime factors of the length. It takes n · Σ factors operations; a week of five-minute
 * points is 2^5 · 3^2 · 7.
 * @param sign −1 forwards, +1 backwards (not divided by the length).
 */
export function fourier({ re, im }: Spectrum, sign: 1 | -1 = -1): Spectrum {
  const length = re.length;
  // Two pairs of arrays alternate: a stage writes one pair, and the next stage reads it.
  const even = { re: re.slice(), im: im.slice() };
  const odd = { re: new Float64Array(length), im: new Float64Array(length) };
  transform({ out: even, spare: odd, from: 0, length }, rootsOfUnity(length, sign));
  return even;
}

interface Stretch {
  /** The signal, transformed in place. */
  readonly out: Spectrum;
  readonly spare: Spectrum;
  readonly from: number;
  readonly length: number;
}

function transform(stretch: Stretch, roots: Spectrum): void {
  const { out, spare, from, length } = stretch;
  if (length <= 1) return;
  const factor = smallestFactor(length);
  const size = length / factor;
  // Sorts the values into `factor` interleaved parts in the spare arrays. The transform of each
  // part uses the arrays that become free as its own spare.
  for (let part = 0; part < factor; part++) {
    const start = from + part * size;
    for (let k = 0; k < size; k++) {
      spare.re[start + k] = out.re[from + k * factor + part]!;
      spare.im[start + k] = out.im[from + k * factor + part]!;
    }
  }
  // A single value is its own transform.
  for (let part = 0; size > 1 && part < factor; part++) {
    transform({ out: spare, spare: out, from: from + part * size, length: size }, roots);
  }
  combine(stretch, { roots, factor });
}

/**
 * Adds the transforms of the parts, which are stored one after the other in the spare arrays, to
 * the transform of the whole.
 */
function combine(
  { out, spare, from, length }: Stretch,
  { roots, factor }: { readonly roots: Spectrum; readonly factor: number },
): void {
  const size = length / factor;
  const whole = roots.re.length;
  const stride = whole / length;
  for (let first = 0; first < length; first += size) {
    for (let k = 0; k < size; k++) {
      const turn = (first + k) * stride;
      let place = from + k;
      let re = spare.re[place];
      let im = spare.im[place];
      // The root of part p is number p × turn. A running index avoids a division.
      for (let part = 1, root = turn; part < factor; part++) {
        place += size;
        const cos = roots.re[root];
        const sin = roots.im[root];
        const a = spare.re[place];
        const b = spare.im[place];
        re += a * cos - b * sin;
        im += a * sin + b * cos;
        root += turn;
        if (root >= whole) root -= whole;
      }
      out.re[from + first + k] = re;
      out.im[from + first + k] = im;
    }
  }
}

/** e^(sign · 2πi · k ÷ length) for every k. */
function rootsOfUnity(length: number, sign: 1 | -1): Spectrum {
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const angle = (sign * 2 * Math.PI * k) / length;
    re[k] = Math.cos(angle);
    im[k] = Math.sin(angle);
  }
  return { re, im };
}

function smallestFactor(length: number): number {
  for (let factor = 2; factor * factor <= length; factor++) {
    if (length % factor === 0) return factor;
  }
  return length;
}
