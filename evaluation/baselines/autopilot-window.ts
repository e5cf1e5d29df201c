import { createDecayingHistogram } from './decaying-histogram.ts';
import { wholeInstances, type Baseline } from './baseline.ts';

const HOUR = 3600;
/** Fine buckets, since the paper gives none [a]; half-life 12 h for CPU [paper]. */
const HISTOGRAM = { first: 0.01, ratio: 1.05, buckets: 176, halfLifeSeconds: 12 * HOUR };
/** 10 to 15 % on top [paper]. */
const MARGIN = 1.15;

/**
 * Autopilot's moving window (Rzadca et al., EuroSys 2020) on the total demand [a]: S_pj, the j-th percentile of the
 * load-adjusted histogram h[k] = b[k] · Σ w[τ] · s[t − τ][k] with w[τ] = 2^(−τ ÷ 12 h), times 1.15, then the maximum over
 * the last hour [paper]. The trace has one sample per five minutes, so every histogram s[t] has one entry [a]. Knob: the
 * percentile; serving jobs use 95 or 90, batch jobs the mean [paper].
 */
export const autopilotWindow: Baseline = {
  name: 'autopilot-window',
  knobName: 'percentile of load',
  knob: 0.95,
  sweep: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
  steer({ demand, stepSeconds, fromStep }, percentile) {
    const histogram = createDecayingHistogram(HISTOGRAM);
    const lastHour: number[] = [];
    const learn = (step: number) => {
      const need = demand[step] ?? NaN;
      // Load-adjusted: a sample weighs as much as it used.
      if (!Number.isNaN(need)) histogram.add(need, step * stepSeconds, need);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step) => {
      learn(step - 1);
      const load = histogram.percentile(percentile);
      if (load === null) return null;
      lastHour.push(MARGIN * load);
      if (lastHour.length > HOUR / stepSeconds) lastHour.shift();
      return wholeInstances(Math.max(...lastHour));
    };
  },
};
