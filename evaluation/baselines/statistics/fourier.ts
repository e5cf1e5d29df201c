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
  const { order, factors, roots } = planOf(length, sign);
  // Two pairs of arrays alternate: a stage reads one pair and writes the other.
  let now = { re: new Float64Array(length), im: new Float64Array(length) };
  let next = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    now.re[k] = re[order[k]]!;
    now.im[k] = im[order[k]]!;
  }
  let size = 1;
  for (const factor of factors) {
    if (factor === 2) combinePairs(now, next, { roots, size });
    else combineParts(now, next, { roots, size, factor });
    [now, next] = [next, now];
    size *= factor;
  }
  return now;
}

/** All that depends on the length and the sign alone. */
interface FourierPlan {
  /** Index of the value that comes to each place before the first stage. */
  readonly order: Int32Array;
  /** Prime factors, those of the first stage first. */
  readonly factors: readonly number[];
  /** e^(sign · 2πi · k ÷ length) for every k. */
  readonly roots: Spectrum;
}

/** e^(sign · 2πi · k ÷ length) for every k below the length. */
export const rootsOfUnity = (length: number, sign: 1 | -1): Spectrum => planOf(length, sign).roots;

/** Kept because signals have few lengths: whole days of at most two weeks. */
const plans = new Map<number, FourierPlan>();

function planOf(length: number, sign: 1 | -1): FourierPlan {
  const known = plans.get(sign * length);
  if (known !== undefined) return known;
  const factors = primeFactors(length);
  const plan = {
    order: interleaved(length, factors),
    factors: factors.toReversed(),
    roots: unitCircle(length, sign),
  };
  plans.set(sign * length, plan);
  return plan;
}

/**
 * Where values lie after they were divided into as many interleaved parts as the first factor says,
 * every part into as many as the second one says, and so on.
 */
function interleaved(length: number, factors: readonly number[]): Int32Array {
  let order = Int32Array.from({ length }, (_, k) => k);
  let whole = length;
  for (const factor of factors) {
    const before = order;
    const [block, size] = [whole, whole / factor];
    order = before.map((_, place) => {
      const within = place % block;
      return before[place - within + (within % size) * factor + Math.floor(within / size)];
    });
    whole = size;
  }
  return order;
}

interface Stage {
  readonly roots: Spectrum;
  /** Length of the parts that are transformed already, which lie one after the other. */
  readonly size: number;
}

/** Combines every two neighbouring parts: the most frequent stage, so it has no inner loop. */
function combinePairs(from: Spectrum, to: Spectrum, { roots, size }: Stage): void {
  const length = from.re.length;
  const stride = length / (2 * size);
  for (let start = 0; start < length; start += 2 * size) {
    for (let k = 0; k < size; k++) {
      const place = start + k;
      const re = from.re[place];
      const im = from.im[place];
      const a = from.re[place + size];
      const b = from.im[place + size];
      const cos = roots.re[k * stride];
      const sin = roots.im[k * stride];
      to.re[place] = re + (a * cos - b * sin);
      to.im[place] = im + (a * sin + b * cos);
      const farCos = roots.re[(size + k) * stride];
      const farSin = roots.im[(size + k) * stride];
      to.re[place + size] = re + (a * farCos - b * farSin);
      to.im[place + size] = im + (a * farSin + b * farCos);
    }
  }
}

/** Combines as many neighbouring parts as the factor says. */
function combineParts(
  from: Spectrum,
  to: Spectrum,
  { roots, size, factor }: Stage & { readonly factor: number },
): void {
  const length = from.re.length;
  const whole = size * factor;
  const stride = length / whole;
  const cosines = roots.re;
  const sines = roots.im;
  for (let start = 0; start < length; start += whole) {
    for (let first = 0; first < whole; first += size) {
      for (let k = 0; k < size; k++) {
        const turn = (first + k) * stride;
        let place = start + k;
        let re = from.re[place];
        let im = from.im[place];
        // The root of part p is number p × turn. A running index avoids a division.
        for (let part = 1, root = turn; part < factor; part++) {
          place += size;
          const cos = cosines[root];
          const sin = sines[root];
          const a = from.re[place];
          const b = from.im[place];
          re += a * cos - b * sin;
          im += a * sin + b * cos;
          root += turn;
          if (root >= length) root -= length;
        }
        to.re[start + first + k] = re;
        to.im[start + first + k] = im;
      }
    }
  }
}

function unitCircle(length: number, sign: 1 | -1): Spectrum {
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const angle = (sign * 2 * Math.PI * k) / length;
    re[k] = Math.cos(angle);
    im[k] = Math.sin(angle);
  }
  return { re, im };
}

/** Prime factors in ascending order. */
function primeFactors(length: number): readonly number[] {
  const factors: number[] = [];
  let rest = length;
  for (let factor = 2; rest > 1; factor++) {
    if (factor * factor > rest) factor = rest;
    for (; rest % factor === 0; rest /= factor) factors.push(factor);
  }
  return factors;
}
