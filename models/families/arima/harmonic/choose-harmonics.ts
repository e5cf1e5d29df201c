import { autoregressiveErrors } from '#models/families/arima/estimation/autoregressive-errors.ts';
import type { ValueScale } from '#models/families/autoregression/value-scale.ts';
import { logarithmicScale, PLAIN, toScale } from '#models/families/autoregression/value-scale.ts';
import { fitFourier, harmonicTables } from './fourier-fit.ts';

export interface HarmonicSeries {
  readonly values: Float64Array;
  /** Number of the first value's step since the epoch. */
  readonly firstStep: number;
  /** Season lengths in steps, shortest first, each dividing the longest. */
  readonly lengths: readonly number[];
}

/** Harmonics tried of the shortest season and of each longer one. */
const MOST_OF_SHORTEST = 16;
const MOST_OF_LONGER = 6;

/** Largest order of the errors' autoregression. */
const MOST_LAGS = 8;

/** A fitted regression: what the seasons add to a value. */
export interface SeasonalRegression {
  /** The scale that it was fitted on. */
  readonly scale: ValueScale;
  /** On that scale, by phase of the longest season since the epoch; [0] without a season. */
  readonly profile: Float64Array;
  /** Multiples of the longest season's frequency that were chosen. */
  readonly multiples: readonly number[];
}

/**
 * Fourier terms for every season, their number by the corrected Akaike criterion with
 * autoregressive errors, on logarithms if those fit better (Young, Pedregal, Tych, Journal of
 * Forecasting 18, 1999; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed.,
 * section 10.5).
 */
export function chooseHarmonics(series: HarmonicSeries): SeasonalRegression {
  const plain = fitOn(series, PLAIN);
  const scale = logarithmicScale(series.values);
  if (scale === null) return plain.regression;
  const logarithmic = fitOn(series, scale);
  // Of the values, not of their logarithms: the density changes by 1 / value.
  const jacobian = 2 * series.values.reduce((sum, value) => sum + Math.log(value), 0);
  return logarithmic.aicc + jacobian < plain.aicc ? logarithmic.regression : plain.regression;
}

/** The same harmonics on the same scale, fitted to other values. */
export function refitHarmonics(
  { values, firstStep }: HarmonicSeries,
  { scale, profile, multiples }: SeasonalRegression,
): SeasonalRegression {
  const period = profile.length;
  const scaled = values.map((value) => toScale(value, scale));
  const { harmonics } = fitFourier({ values: scaled, firstStep, period }, multiples);
  const table = new Float64Array(period);
  const tableOf = harmonicTables(period);
  for (const harmonic of harmonics) {
    tableOf(harmonic).forEach((value, phase) => (table[phase] += value));
  }
  return { scale, profile: table, multiples };
}

interface Fitted {
  readonly regression: SeasonalRegression;
  readonly aicc: number;
}

/**
 * Adds the harmonics season by season, slowest first, and keeps the number with the least
 * criterion.
 */
function fitOn({ values, firstStep, lengths }: HarmonicSeries, scale: ValueScale): Fitted {
  const period = lengths.at(-1) ?? 1;
  const scaled = values.map((value) => toScale(value, scale));
  const groups = multiplesOf(lengths);
  const fit = fitFourier({ values: scaled, firstStep, period }, groups.flat());
  const errors = scaled.map((value) => value - fit.mean);
  const tableOf = harmonicTables(period);
  const profile = new Float64Array(period);
  let parameters = 1;
  let multiples: readonly number[] = [];
  let best = autoregressiveErrors(errors, MOST_LAGS, parameters);
  for (const group of groups) {
    const trial = { profile: profile.slice(), errors: errors.slice(), parameters };
    const before = multiples;
    for (const multiple of group) {
      const harmonic = fit.harmonics.find((candidate) => candidate.multiple === multiple)!;
      takeOff(trial, tableOf(harmonic), firstStep);
      trial.parameters += 2;
      const process = autoregressiveErrors(trial.errors, MOST_LAGS, trial.parameters);
      if (process.aicc >= best.aicc) continue;
      best = process;
      parameters = trial.parameters;
      multiples = [...before, ...group.slice(0, group.indexOf(multiple) + 1)];
      profile.set(trial.profile);
      errors.set(trial.errors);
    }
  }
  return { regression: { scale, profile, multiples }, aicc: best.aicc };
}

/**
 * For every season the multiples of the longest one's frequency, those of shorter seasons left out.
 */
function multiplesOf(lengths: readonly number[]): number[][] {
  const period = lengths.at(-1) ?? 1;
  const used = new Set<number>();
  return lengths.map((length, k) => {
    const most = Math.min(k === 0 ? MOST_OF_SHORTEST : MOST_OF_LONGER, (length - 1) >> 1);
    const wanted = Array.from({ length: most }, (_, j) => ((j + 1) * period) / length);
    const fresh = wanted.filter((multiple) => !used.has(multiple));
    fresh.forEach((multiple) => used.add(multiple));
    return fresh;
  });
}

interface Trial {
  readonly profile: Float64Array;
  readonly errors: Float64Array;
}

function takeOff({ profile, errors }: Trial, table: Float64Array, firstStep: number): void {
  const period = table.length;
  for (let k = 0; k < period; k++) profile[k] += table[k];
  let phase = firstStep % period;
  for (let t = 0; t < errors.length; t++) {
    errors[t] -= table[phase];
    if (++phase === period) phase = 0;
  }
}
