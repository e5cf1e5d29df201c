import { wholeInstances, type Baseline } from './baseline.ts';
import { estimatePeriod } from './statistics/crane-estimators.ts';
import { rootsOfUnity } from './statistics/fourier.ts';
import { trackedInstances } from './target-tracking.ts';

const DAY = 86_400;
const HOUR = 3600;
/** 15 days of history, at least two periods; a new prediction every 12 hours [src]. */
const HISTORY_DAYS = 15;
const REFRESH_SECONDS = 12 * HOUR;
/** A period must be the maximum of the autocorrelation within four hours [src]. */
const PEAK_SECONDS = 4 * HOUR;
const TARGET = 0.7;

/**
 * DSP algorithm of gocrane/crane [src]. A Fourier transform and the autocorrelation test for a
 * period of one day, or else one week. Eight estimators compete on the last period. The result is
 * the larger of the prediction's peak over the next hour and the present need; without a period the
 * policy is reactive.
 * Crane samples every minute, while the trace has five-minute points [a]. Its 100 random
 * permutations that separate power from noise are replaced by the 99th percentile of white noise
 * [a]. The reactive part is target tracking as the replay has it [a]. Knob: the target utilization.
 */
export const craneDsp: Baseline = {
  name: 'crane-dsp',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: [0.5, 0.6, 0.7, 0.8, 0.9, 1],
  steer({ demand, stepSeconds }, target) {
    const refresh = REFRESH_SECONDS / stepSeconds;
    let prediction: { readonly from: number; readonly values: Float64Array } | null = null;
    let nextLook = 0;
    return (step) => {
      if (step >= nextLook) {
        prediction = predict(demand, step, stepSeconds);
        nextLook = step - (step % refresh) + refresh;
      }
      const reactive = trackedInstances(demand, step, target);
      if (prediction === null) return reactive;
      const ahead = step - prediction.from;
      const hour = prediction.values.subarray(ahead, ahead + Math.max(1, HOUR / stepSeconds));
      return Math.max(reactive ?? 0, wholeInstances(Math.max(0, ...hour) / target));
    };
  },
};

interface Prediction {
  readonly from: number;
  readonly values: Float64Array;
}

/** A prediction and the demand that it was made of. */
interface KnownPrediction {
  readonly history: Float64Array;
  readonly stepSeconds: number;
  readonly prediction: Prediction | null;
}

/**
 * The newest predictions of each step. Runs at different targets see the same demand unless one of
 * them was short, and a prediction takes as long as many days of decisions.
 */
const known = new Map<number, readonly KnownPrediction[]>();
const MOST_KNOWN = 3;

function predict(demand: Float64Array, step: number, stepSeconds: number): Prediction | null {
  const day = DAY / stepSeconds;
  const history = filled(demand.subarray(Math.max(0, step - HISTORY_DAYS * day), step));
  const before = known.get(step) ?? [];
  const same = before.find(
    (one) => one.stepSeconds === stepSeconds && areEqual(one.history, history),
  );
  if (same !== undefined) return same.prediction;
  const prediction = predictAnew(history, { step, stepSeconds });
  known.set(step, [{ history, stepSeconds, prediction }, ...before].slice(0, MOST_KNOWN));
  return prediction;
}

function areEqual(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, k) => value === other[k]);
}

function predictAnew(
  history: Float64Array,
  { step, stepSeconds }: { readonly step: number; readonly stepSeconds: number },
): Prediction | null {
  const day = DAY / stepSeconds;
  for (const period of [day, 7 * day]) {
    const periods = Math.floor(history.length / period);
    if (periods < 2) continue;
    const signal = history.subarray(history.length - periods * period);
    if (!isPeriodic(signal, period, PEAK_SECONDS / stepSeconds)) continue;
    return { from: step, values: estimatePeriod(signal, { period, stepSeconds }) };
  }
  return null;
}

/**
 * True if the period exceeds the noise in the spectrum and is the maximum of the autocorrelation
 * around it.
 */
export function isPeriodic(signal: Float64Array, period: number, reach: number): boolean {
  const length = signal.length;
  const mean = signal.reduce((sum, value) => sum + value, 0) / length;
  const re = signal.map((value) => value - mean);
  const variance = re.reduce((sum, value) => sum + value * value, 0) / length;
  if (variance === 0) return false;
  const power = powerAt(re, Math.round(length / period));
  // The power of noise is exponential with the mean length · variance. The largest of length ÷ 2
  // such values is below this limit in 99 of 100 cases.
  const limit = -length * variance * Math.log(1 - 0.99 ** (2 / length));
  if (!(power > limit)) return false;
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let k = lag; k < length; k++) sum += re[k] * re[k - lag];
    return sum;
  };
  const own = correlation(period);
  if (own <= 0) return false;
  const r = Math.min(Math.round(reach), Math.floor(period / 2));
  // A point next to the maximum may exceed it slightly by chance; points an hour and more away may
  // not [a].
  for (const offset of [-r, -Math.round(r / 2), Math.round(r / 2), r]) {
    if (correlation(period + offset) > own) return false;
  }
  return true;
}

/** Power of the frequency with `cycles` cycles in the whole signal. */
function powerAt(signal: Float64Array, cycles: number): number {
  const roots = rootsOfUnity(signal.length, 1);
  let [re, im] = [0, 0];
  for (let k = 0; k < signal.length; k++) {
    const root = (cycles * k) % signal.length;
    re += signal[k] * roots.re[root];
    im += signal[k] * roots.im[root];
  }
  return re * re + im * im;
}

/**
 * Replaces gaps by a straight line between the values around them [src], and a series without
 * values by zeros [a].
 */
function filled(values: Float64Array): Float64Array {
  const out = values.slice();
  let last = -1;
  for (let k = 0; k < out.length; k++) {
    if (Number.isNaN(out[k])) continue;
    const from = last === -1 ? out[k] : out[last];
    for (let gap = last + 1; gap < k; gap++) {
      out[gap] = from + ((out[k] - from) * (gap - last)) / (k - last);
    }
    last = k;
  }
  return out.fill(last === -1 ? 0 : out[last], last + 1);
}
