import type { FeaturePlan } from './feature-plan.ts';

/**
 * Features at the origin: last values; then means, smallest and largest values and mean absolute
 * deviations of trailing windows.
 * @param history ends with the last value before the origin. Windows longer than the history are
 * cut to it.
 */
export function originFeatures(history: Float64Array, plan: FeaturePlan, out: Float64Array): void {
  const end = history.length;
  let at = 0;
  for (const lag of plan.lags) out[at++] = history[end - 1 - lag];
  for (const window of plan.means) out[at++] = meanOf(history, Math.max(0, end - window), end);
  for (const window of plan.maxima) {
    let most = -Infinity;
    for (let k = Math.max(0, end - window); k < end; k++) {
      if (history[k] > most) most = history[k];
    }
    out[at++] = most;
  }
  for (const window of plan.minima) {
    let least = Infinity;
    for (let k = Math.max(0, end - window); k < end; k++) {
      if (history[k] < least) least = history[k];
    }
    out[at++] = least;
  }
  for (const window of plan.deviations) {
    const mean = meanOf(history, end - window, end);
    let sum = 0;
    for (let k = Math.max(0, end - window); k < end; k++) sum += Math.abs(history[k] - mean);
    out[at++] = sum / window;
  }
}

/** Four independent sums, which the processor can compute at the same time. */
function meanOf(values: Float64Array, from: number, to: number): number {
  // Declared one by one because destructuring an array would allocate the sums on the heap.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = from;
  for (; k + 3 < to; k += 4) {
    a += values[k];
    b += values[k + 1];
    c += values[k + 2];
    d += values[k + 3];
  }
  for (; k < to; k++) a += values[k];
  return (a + b + (c + d)) / (to - from);
}
