import { fourier, type Spectrum } from './fourier.ts';
import { realSignal } from './real-signal.ts';

/** Part of the spectrum that an estimator retains. */
interface CraneFilter {
  readonly minItems: number;
  readonly lowAmplitude: number;
}

/** Frequencies up to one per hour are always retained [src]. */
const HIGH_FREQUENCY_HZ = 1 / 3600;
const MAX_ITEMS = 100;
/** Negative values after filtering are replaced by this value [src]. */
const LEAST_VALUE = 0.01;

/** Crane's eight estimators: every filter with every margin [src: pkg/prediction/dsp/config.go]. */
const FILTERS: readonly CraneFilter[] = [
  { minItems: 3, lowAmplitude: 1 },
  { minItems: 50, lowAmplitude: 0.05 },
];
const MARGINS = [0.01, 0.1, 0.15, 0.2] as const;

/**
 * Estimate of the next period by the best estimator: the one with the smallest error on the last
 * period, estimated from the periods before it [src: pkg/prediction/dsp].
 * @param signal a whole number of periods, at least two.
 */
export function estimatePeriod(
  signal: Float64Array,
  { period, stepSeconds }: { readonly period: number; readonly stepSeconds: number },
): Float64Array {
  const past = signal.subarray(0, signal.length - period);
  const actual = signal.subarray(signal.length - period);
  const components = componentsOf(past);
  let best = { filter: FILTERS[0], margin: MARGINS[0] as number };
  let least = Infinity;
  for (const filter of FILTERS) {
    const retained = filtered(components, filter, { period, stepSeconds });
    for (const margin of MARGINS) {
      const error = predictionError(actual, withMargin(retained, margin));
      if (error < least) [best, least] = [{ filter, margin }, error];
    }
  }
  const retained = filtered(componentsOf(signal), best.filter, { period, stepSeconds });
  return withMargin(retained, best.margin);
}

/** What a signal consists of. */
interface Components {
  readonly spectrum: Spectrum;
  readonly amplitudes: Float64Array;
  /** Amplitudes of the frequencies between 0 and a half, largest first. */
  readonly largest: Float64Array;
}

function componentsOf(signal: Float64Array): Components {
  const { length } = signal;
  const spectrum = fourier({ re: signal, im: new Float64Array(length) });
  const { re, im } = spectrum;
  const amplitudes = re.map((real, k) => Math.sqrt(real * real + im[k] * im[k]) / length);
  const largest = amplitudes
    .slice(1, Math.floor(length / 2))
    .sort()
    .reverse();
  return { spectrum, amplitudes, largest };
}

/** The last period of the signal, without components that are both fast and weak. */
function filtered(
  { spectrum: { re, im }, amplitudes, largest }: Components,
  filter: CraneFilter,
  { period, stepSeconds }: { readonly period: number; readonly stepSeconds: number },
): Float64Array {
  const length = re.length;
  const least = leastAmplitude(largest, filter);
  const isRetained = (k: number): boolean =>
    amplitudes[k] >= least || k / (length * stepSeconds) <= HIGH_FREQUENCY_HZ;
  // The real part of what remains: of every frequency and its mirror image the half each.
  const lower = {
    re: new Float64Array(Math.floor(length / 2) + 1),
    im: new Float64Array(Math.floor(length / 2) + 1),
  };
  for (let k = 0; k < lower.re.length; k++) {
    const mirror = (length - k) % length;
    const [own, others] = [isRetained(k) ? 0.5 : 0, isRetained(mirror) ? 0.5 : 0];
    lower.re[k] = own * re[k] + others * re[mirror];
    lower.im[k] = own * im[k] - others * im[mirror];
  }
  const back = realSignal(lower, length);
  return back.subarray(length - period).map((sum) => sum / length);
}

function withMargin(values: Float64Array, margin: number): Float64Array {
  return values.map((value) => (value <= 0 ? LEAST_VALUE : value) * (1 + margin));
}

/**
 * Amplitude below which fast components are noise. It retains between the smallest and the largest
 * number of items of the filter.
 * @param largest amplitudes, largest first.
 */
function leastAmplitude(largest: Float64Array, filter: CraneFilter): number {
  const last = largest[Math.min(MAX_ITEMS, largest.length) - 1] ?? 0;
  const least = Math.max(last, filter.lowAmplitude);
  const lowestRetained = largest[filter.minItems - 1];
  return lowestRetained !== undefined && lowestRetained < least ? lowestRetained : least;
}

/**
 * Mean error of an estimate: an excess counts its share, a shortage −ln(1 − share) ÷ ln 1.25 [src].
 * Steps without use are left out, because a share is undefined there [a].
 */
export function predictionError(actual: Float64Array, predicted: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < actual.length; k++) {
    const [used, estimated] = [actual[k], predicted[k]];
    if (used <= 0) continue;
    sum +=
      estimated >= used ? (estimated - used) / used : -Math.log(estimated / used) / Math.log(1.25);
    count++;
  }
  return count === 0 ? Infinity : sum / count;
}
