import { estimatePeriod } from './crane-estimators.ts';
import { wholeInstances, type Baseline } from './baseline.ts';
import { trackedInstances } from './target-tracking.ts';

const DAY = 86_400;
const HOUR = 3600;
/** 15 days of history, at least two periods [src]; a new look every 12 hours [src]. */
const HISTORY_DAYS = 15;
const REFRESH_SECONDS = 12 * HOUR;
/** A period must be the highest point of the autocorrelation within four hours [src]. */
const PEAK_SECONDS = 4 * HOUR;
const TARGET = 0.7;

/**
 * gocrane/crane's DSP [src]: a period of one day, or else one week, found by Fourier transform and autocorrelation; eight
 * estimators, the best on the last period; the larger of the prediction's peak over the next hour and what is needed now;
 * without a period reactive. It samples a minute; the trace has five-minute points [a]. The 100 random permutations that
 * tell power from noise are replaced by the 99th percentile that white noise has [a]. Reactive is the replay's kind
 * target tracking [a]. Knob: the target utilization.
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
      const hour = prediction.values.subarray(ahead, ahead + HOUR / stepSeconds);
      return Math.max(reactive ?? 0, wholeInstances(Math.max(0, ...hour) / target));
    };
  },
};

const memory = new WeakMap<Float64Array, Map<number, Prediction | null>>();
interface Prediction {
  readonly from: number;
  readonly values: Float64Array;
}

/** The same for every setting of the knob, so it is made once per demand. */
function predict(demand: Float64Array, step: number, stepSeconds: number): Prediction | null {
  const known = memory.get(demand) ?? new Map<number, Prediction | null>();
  memory.set(demand, known);
  const found = known.get(step);
  if (found !== undefined) return found;
  const made = predictAnew(demand, step, stepSeconds);
  known.set(step, made);
  return made;
}

function predictAnew(demand: Float64Array, step: number, stepSeconds: number): Prediction | null {
  const day = DAY / stepSeconds;
  const history = filled(demand.subarray(Math.max(0, step - HISTORY_DAYS * day), step));
  for (const period of [day, 7 * day]) {
    const periods = Math.floor(history.length / period);
    if (periods < 2) continue;
    const signal = history.subarray(history.length - periods * period);
    if (!isPeriodic(signal, period, PEAK_SECONDS / stepSeconds)) continue;
    return { from: step, values: estimatePeriod(signal, { period, stepSeconds }) };
  }
  return null;
}

/** True if the period stands out of noise in the spectrum and tops the autocorrelation around it. */
export function isPeriodic(signal: Float64Array, period: number, reach: number): boolean {
  const length = signal.length;
  const mean = signal.reduce((sum, value) => sum + value, 0) / length;
  const re = signal.map((value) => value - mean);
  const variance = re.reduce((sum, value) => sum + value * value, 0) / length;
  if (variance === 0) return false;
  const power = powerAt(re, Math.round(length / period));
  // Noise has exponential power of mean length · variance; the largest of length ÷ 2 of them is below this in 99 of 100.
  const limit = -length * variance * Math.log(1 - 0.99 ** (2 / length));
  if (!(power > limit)) return false;
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let k = lag; k < length; k++) sum += re[k]! * re[k - lag]!;
    return sum;
  };
  const own = correlation(period);
  if (own <= 0) return false;
  const r = Math.min(Math.round(reach), Math.floor(period / 2));
  // A point next to the top may be a hair higher by chance; those an hour and more away may not [a].
  for (const offset of [-r, -Math.round(r / 2), Math.round(r / 2), r]) {
    if (correlation(period + offset) > own) return false;
  }
  return true;
}

/** Power of one frequency, so many cycles in the whole signal. */
function powerAt(signal: Float64Array, cycles: number): number {
  let [re, im] = [0, 0];
  for (let k = 0; k < signal.length; k++) {
    const angle = (2 * Math.PI * ((cycles * k) % signal.length)) / signal.length;
    re += signal[k]! * Math.cos(angle);
    im += signal[k]! * Math.sin(angle);
  }
  return re * re + im * im;
}

/** Gaps as the straight line between what is known around them [src]; what was never measured as nothing [a]. */
function filled(values: Float64Array): Float64Array {
  const out = values.slice();
  let last = -1;
  for (let k = 0; k < out.length; k++) {
    if (Number.isNaN(out[k]!)) continue;
    const from = last === -1 ? out[k]! : out[last]!;
    for (let gap = last + 1; gap < k; gap++) {
      out[gap] = from + ((out[k]! - from) * (gap - last)) / (k - last);
    }
    last = k;
  }
  return out.fill(last === -1 ? 0 : out[last]!, last + 1);
}
