import { solveCholesky } from '#models/optimise/least-squares.ts';

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
 * Least-squares regression on harmonics. As they depend on the phase alone, sums by phase are all that is needed of the
 * values. Ordinary least squares is as good as generalised in the limit, whatever the errors' autocorrelation (Grenander
 * and Rosenblatt, Statistical Analysis of Stationary Time Series, 1957, section 7.3).
 * @param multiples of the longest season's frequency, below half the period.
 */
export function fitFourier(series: FourierSeries, multiples: readonly number[]): FourierFit {
  const { values, firstStep, period } = series;
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let t = 0; t < values.length; t++) {
    const phase = (firstStep + t) % period;
    sums[phase]! += values[t]!;
    counts[phase]!++;
  }
  const wave = cosines(period);
  const quarter = (3 * period) / 4;
  const columns = 1 + 2 * multiples.length;
  const gram = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  const row = new Float64Array(columns);
  row[0] = 1;
  for (let phase = 0; phase < period; phase++) {
    multiples.forEach((multiple, k) => {
      const angle = multiple * phase;
      row[1 + 2 * k] = wave(angle);
      row[2 + 2 * k] = wave(angle + quarter);
    });
    const count = counts[phase]!;
    for (let i = 0; i < columns; i++) {
      right[i]! += row[i]! * sums[phase]!;
      const weighted = count * row[i]!;
      for (let j = 0; j <= i; j++) gram[i * columns + j]! += weighted * row[j]!;
    }
  }
  for (let i = 1; i < columns; i++) gram[i * columns + i]! += RIDGE * values.length;
  const found = solveCholesky(gram, right) ?? new Float64Array(columns);
  const harmonics = multiples.map((multiple, k) => {
    return { multiple, cosine: found[1 + 2 * k]!, sine: found[2 + 2 * k]! };
  });
  return { mean: found[0]!, harmonics };
}

/** The harmonic by phase of the longest season. */
export function harmonicTable({ multiple, cosine, sine }: Harmonic, period: number): Float64Array {
  const wave = cosines(period);
  const quarter = (3 * period) / 4;
  return Float64Array.from(
    { length: period },
    (_, phase) => cosine * wave(multiple * phase) + sine * wave(multiple * phase + quarter),
  );
}

/** cos(2π x / period), from a table where x is a whole number. */
function cosines(period: number): (x: number) => number {
  const unit = (2 * Math.PI) / period;
  const table = Float64Array.from({ length: period }, (_, x) => Math.cos(unit * x));
  return (x) => table[x % period] ?? Math.cos(unit * x);
}
