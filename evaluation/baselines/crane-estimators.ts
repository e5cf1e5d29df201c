import { fourier, type Spectrum } from './fourier.ts';

/** How much of the spectrum an estimator keeps. */
interface CraneFilter {
  readonly minItems: number;
  readonly lowAmplitude: number;
}

/** Frequencies up to one an hour are always kept [src]. */
const HIGH_FREQUENCY_HZ = 1 / 3600;
const MAX_ITEMS = 100;
/** What is negative after filtering becomes this [src]. */
const LEAST_VALUE = 0.01;

/** The eight estimators it starts with, every filter with every margin [src: pkg/prediction/dsp/config.go]. */
const FILTERS: readonly CraneFilter[] = [
  { minItems: 3, lowAmplitude: 1 },
  { minItems: 50, lowAmplitude: 0.05 },
];
const MARGINS = [0.01, 0.1, 0.15, 0.2] as const;

/**
 * The best estimator by the error on the last period, having seen those before it, and its estimate of the period to come
 * [src: pkg/prediction/dsp].
 * @param signal a whole number of periods, at least two.
 */
export function estimatePeriod(
  signal: Float64Array,
  { period, stepSeconds }: { readonly period: number; readonly stepSeconds: number },
): Float64Array {
  const past = signal.subarray(0, signal.length - period);
  const actual = signal.subarray(signal.length - period);
  const spectrum = transform(past);
  let best = { filter: FILTERS[0]!, margin: MARGINS[0] as number };
  let least = Infinity;
  for (const filter of FILTERS) {
    const kept = filtered(spectrum, filter, { period, stepSeconds });
    for (const margin of MARGINS) {
      const error = predictionError(actual, withMargin(kept, margin));
      if (error < least) [best, least] = [{ filter, margin }, error];
    }
  }
  const kept = filtered(transform(signal), best.filter, { period, stepSeconds });
  return withMargin(kept, best.margin);
}

function transform(signal: Float64Array): Spectrum {
  return fourier({ re: signal, im: new Float64Array(signal.length) });
}

/** The last period of the signal without what is both fast and faint. */
function filtered(
  { re, im }: Spectrum,
  filter: CraneFilter,
  { period, stepSeconds }: { readonly period: number; readonly stepSeconds: number },
): Float64Array {
  const length = re.length;
  const amplitudes = re.map((real, k) => Math.sqrt(real * real + im[k]! * im[k]!) / length);
  const least = leastAmplitude(amplitudes, filter);
  const kept = { re: re.slice(), im: im.slice() };
  for (let k = 0; k < length; k++) {
    const isFast = k / (length * stepSeconds) > HIGH_FREQUENCY_HZ;
    if (amplitudes[k]! < least && isFast) kept.re[k] = kept.im[k] = 0;
  }
  const back = fourier(kept, 1).re;
  return back.subarray(length - period).map((sum) => sum / length);
}

function withMargin(values: Float64Array, margin: number): Float64Array {
  return values.map((value) => (value <= 0 ? LEAST_VALUE : value) * (1 + margin));
}

/** Amplitude below which fast components are noise: between the least and the largest number of items kept. */
function leastAmplitude(amplitudes: Float64Array, filter: CraneFilter): number {
  const largest = amplitudes
    .slice(1, Math.floor(amplitudes.length / 2))
    .sort()
    .reverse();
  const last = largest[Math.min(MAX_ITEMS, largest.length) - 1] ?? 0;
  const least = Math.max(last, filter.lowAmplitude);
  const wanted = largest[filter.minItems - 1];
  return wanted !== undefined && wanted < least ? wanted : least;
}

/**
 * Mean error of an estimate: too much by its share, too little by −ln(1 − share) ÷ ln 1.25 [src]. Steps without any use
 * are left out, since no share can be told [a].
 */
export function predictionError(actual: Float64Array, predicted: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < actual.length; k++) {
    const [used, said] = [actual[k]!, predicted[k]!];
    if (used <= 0) continue;
    sum += said >= used ? (said - used) / used : -Math.log(said / used) / Math.log(1.25);
    count++;
  }
  return count === 0 ? Infinity : sum / count;
}
