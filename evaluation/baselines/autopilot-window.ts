import { wholeInstances, type Baseline } from './baseline.ts';
import { createDecayingHistogram } from './statistics/decaying-histogram.ts';

const HOUR = 3600;
/** Fine buckets, because the paper gives no size [a]; half-life 12 h for CPU [paper]. */
const HISTOGRAM = { first: 0.01, ratio: 1.05, buckets: 176, halfLifeSeconds: 12 * HOUR };
/** The paper adds 10 to 15 % [paper]. */
const MARGIN = 1.15;

/**
 * Moving window of Autopilot (Rzadca et al., EuroSys 2020), applied to the total demand [a]. S_pj
 * is the j-th percentile of the load-adjusted histogram h[k] = b[k] · Σ w[τ] · s[t − τ][k] with
 * w[τ] = 2^(−τ ÷ 12 h). The request is S_pj × 1.15, then the maximum over the last hour [paper].
 * The trace has one sample per five minutes, so every histogram s[t] has one entry [a]. Knob: the
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
      // Load-adjusted: the weight of a sample is its use.
      if (!Number.isNaN(need)) histogram.add(need, step * stepSeconds, need);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step) => {
      learn(step - 1);
      const load = histogram.percentile(percentile);
      if (load === null) return null;
      lastHour.push(MARGIN * load);
      if (lastHour.length > Math.max(1, HOUR / stepSeconds)) lastHour.shift();
      return wholeInstances(Math.max(...lastHour));
    };
  },
};
