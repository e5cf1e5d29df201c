import { fourier, type Spectrum } from './fourier.ts';

/** One of crane's estimators: how much of the spectrum it keeps, and what it adds. */
export interface CraneEstimator {
  readonly minItems: number;
  readonly lowAmplitude: number;
  readonly margin: number;
}

/** Frequencies up to one an hour are always kept [src]. */
const HIGH_FREQUENCY_HZ = 1 / 3600;
const MAX_ITEMS = 100;
/** What is negative after filtering becomes this [src]. */
const LEAST_VALUE = 0.01;

/** The eight estimators it starts with [src: pkg/prediction/dsp/config.go]. */
export const CRANE_ESTIMATORS: readonly CraneEstimator[] = [
  { minItems: 3, lowAmplitude: 1 },
  { minItems: 50, lowAmplitude: 0.05 },
].flatMap((filter) => [0.01, 0.1, 0.15, 0.2].map((margin) => ({ ...filter, margin })));

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
  let best = CRANE_ESTIMATORS[0]!;
  let least = Infinity;
  for (const estimator of CRANE_ESTIMATORS) {
    const error = predictionError(actual, estimate(spectrum, estimator, { period, stepSeconds }));
    if (error < least) [best, least] = [estimator, error];
  }
  return estimate(transform(signal), best, { period, stepSeconds });
}

function transform(signal: Float64Array): Spectrum {
  return fourier({ re: signal, im: new Float64Array(signal.length) });
}

/** The last period of the signal without what is both fast and faint, with the margin on top. */
function estimate(
  { re, im }: Spectrum,
  estimator: CraneEstimator,
  { period, stepSeconds }: { readonly period: number; readonly stepSeconds: number },
): Float64Array {
  const length = re.length;
  const amplitudes = re.map((real, k) => Math.hypot(real, im[k]!) / length);
  const least = leastAmplitude(amplitudes, estimator);
  const kept = { re: re.slice(), im: im.slice() };
  for (let k = 0; k < length; k++) {
    const isFast = k / (length * stepSeconds) > HIGH_FREQUENCY_HZ;
    if (amplitudes[k]! < least && isFast) kept.re[k] = kept.im[k] = 0;
  }
  const back = fourier(kept, 1).re;
  return back.subarray(length - period).map((sum) => {
    const value = sum / length;
    return (value <= 0 ? LEAST_VALUE : value) * (1 + estimator.margin);
  });
}

/** Amplitude below which fast components are noise: between the least and the largest number of items kept. */
function leastAmplitude(amplitudes: Float64Array, estimator: CraneEstimator): number {
  const largest = amplitudes
    .slice(1, Math.floor(amplitudes.length / 2))
    .sort()
    .reverse();
  const last = largest[Math.min(MAX_ITEMS, largest.length) - 1] ?? 0;
  const least = Math.max(last, estimator.lowAmplitude);
  const wanted = largest[estimator.minItems - 1];
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
