import { solveCholesky } from '#models/numeric/least-squares.ts';

export interface FourierSeries {
  readonly values: Float64Array;
  /** Number of the first value's step since the epoch. */
  readonly firstStep: number;
  /** Longest season in steps; all harmonics are multiples of its frequency. */
  readonly period: number;
}

/** Coefficients of one harmonic: a cos(2π k t / period) + b sin(2π k t / period). */
export interface Harmonic {
  readonly multiple: number;
  readonly cosine: number;
  readonly sine: number;
}

export interface FourierFit {
  readonly mean: number;
  readonly harmonics: readonly Harmonic[];
}

/** Keeps the equations solvable where the season was not seen as a whole. */
const RIDGE = 1e-6;

/**
 * Least-squares regression on harmonics. As they depend on the phase alone, sums by phase are all
 * that is needed of the values; and as a product of two harmonics is half the sum of two others,
 * the equations are made of the sums of the counts times single harmonics. Ordinary least squares
 * is as good as generalised in the limit, whatever the errors' autocorrelation (Grenander and
 * Rosenblatt, Statistical Analysis of Stationary Time Series, 1957, section 7.3).
 * @param multiples of the longest season's frequency, below half the period.
 */
export function fitFourier(series: FourierSeries, multiples: readonly number[]): FourierFit {
  const { values, firstStep, period } = series;
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  let phase = firstStep % period;
  for (const value of values) {
    sums[phase] += value;
    counts[phase]++;
    if (++phase === period) phase = 0;
  }
  const waves = wavesOf(period);
  const columns = 1 + 2 * multiples.length;
  const gram = normalMatrix(transformer(counts, waves), multiples);
  for (let i = 1; i < columns; i++) gram[i * columns + i] += RIDGE * values.length;
  const transformed = [0, ...multiples].map(transformer(sums, waves));
  const right = Float64Array.from([
    transformed[0].cosine,
    ...transformed.slice(1).flatMap(({ cosine, sine }) => [cosine, sine]),
  ]);
  const found = solveCholesky(gram, right) ?? new Float64Array(columns);
  const harmonics = multiples.map((multiple, k) => {
    return { multiple, cosine: found[1 + 2 * k], sine: found[2 + 2 * k] };
  });
  return { mean: found[0], harmonics };
}

/** Sums over the phases of something times a cosine and times a sine. */
interface Transformed {
  readonly cosine: number;
  readonly sine: number;
}

type Transform = (multiple: number) => Transformed;

/** The discrete Fourier transform of what is given by phase; every frequency is worked out once. */
function transformer(byPhase: Float64Array, { cosines, sines }: Waves): Transform {
  const period = byPhase.length;
  const known = new Map<number, Transformed>();
  return (multiple) => {
    const before = known.get(multiple);
    if (before) return before;
    const step = multiple % period;
    // Declared one by one because destructuring an array would allocate the sums on the heap.
    let cosine = 0;
    let sine = 0;
    let at = 0;
    for (let phase = 0; phase < period; phase++) {
      const value = byPhase[phase];
      cosine += value * cosines[at];
      sine += value * sines[at];
      at += step;
      if (at >= period) at -= period;
    }
    const transformed = { cosine, sine };
    known.set(multiple, transformed);
    return transformed;
  };
}

/** Row-major [1, then cosine and sine of each multiple]², lower triangle. */
function normalMatrix(counts: Transform, multiples: readonly number[]): Float64Array {
  const columns = 1 + 2 * multiples.length;
  const gram = new Float64Array(columns * columns);
  gram[0] = counts(0).cosine;
  multiples.forEach((multiple, k) => {
    const [row, next] = [(1 + 2 * k) * columns, (2 + 2 * k) * columns];
    const own = counts(multiple);
    gram[row] = own.cosine;
    gram[next] = own.sine;
    for (let j = 0; j <= k; j++) {
      const other = multiples[j];
      const sum = counts(multiple + other);
      const difference = counts(Math.abs(multiple - other));
      const turned = Math.sign(multiple - other) * difference.sine;
      gram[row + 1 + 2 * j] = (difference.cosine + sum.cosine) / 2;
      gram[row + 2 + 2 * j] = (sum.sine - turned) / 2;
      gram[next + 1 + 2 * j] = (sum.sine + turned) / 2;
      gram[next + 2 + 2 * j] = (difference.cosine - sum.cosine) / 2;
    }
  });
  return gram;
}

/** Tables of single harmonics by phase of the longest season. */
export function harmonicTables(period: number): (harmonic: Harmonic) => Float64Array {
  const { cosines, sines } = wavesOf(period);
  return ({ multiple, cosine, sine }) => {
    const table = new Float64Array(period);
    const step = multiple % period;
    let at = 0;
    for (let phase = 0; phase < period; phase++) {
      table[phase] = cosine * cosines[at] + sine * sines[at];
      at += step;
      if (at >= period) at -= period;
    }
    return table;
  };
}

/** cos and sin of 2π x / period for whole numbers x. */
interface Waves {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

function wavesOf(period: number): Waves {
  const unit = (2 * Math.PI) / period;
  const cosines = Float64Array.from({ length: period }, (_, x) => Math.cos(unit * x));
  // The sine lies a quarter of a turn behind; where that is no whole number of phases it is
  // computed.
  const quarter = (3 * period) / 4;
  const sines = cosines.map((_, x) => cosines[(x + quarter) % period] ?? Math.sin(unit * x));
  return { cosines, sines };
}
