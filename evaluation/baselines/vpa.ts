import { wholeInstances, type Baseline } from './baseline.ts';
import { createDecayingHistogram } from './decaying-histogram.ts';

const DAY = 86_400;
const HOUR = 3600;
/**
 * [src]: first bucket 0.01 core, ratio 1.05, half-life 24 h. One instance stands for one core [a].
 */
const HISTOGRAM = { first: 0.01, ratio: 1.05, buckets: 176, halfLifeSeconds: DAY };
const MARGIN = 1.15;
const LOWER_SHARE = 0.5;
const UPPER_SHARE = 0.95;
/**
 * The recommender reads one sample a minute; a step of the trace counts as one sample per minute of
 * its length [a].
 */
const SAMPLES_A_DAY = 1440;

/**
 * Recommender of the Vertical Pod Autoscaler [src], with its request rounded up to instances [a].
 * Target = P90 · 1.15; lower = P50 · 1.15 · (1 + 0.001 ÷ c)^−2, upper = P95 · 1.15 · (1 + 1 ÷ c), c
 * = min(days of life, samples ÷ 1440). A request is applied when the current one leaves [lower,
 * upper], or is 12 hours old and differs by 10 %. Knob: the target's percentile.
 */
export const vpa: Baseline = {
  name: 'vpa',
  knobName: 'target percentile',
  knob: 0.9,
  sweep: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
  steer({ demand, stepSeconds, fromStep }, percentile) {
    const histogram = createDecayingHistogram(HISTOGRAM);
    let [samples, firstSample] = [0, 0];
    let request: { readonly value: number; readonly atSeconds: number } | null = null;
    const learn = (step: number) => {
      const need = demand[step] ?? NaN;
      if (Number.isNaN(need)) return;
      if (samples === 0) firstSample = step;
      samples += stepSeconds / 60;
      histogram.add(need, step * stepSeconds);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step);
    return (step) => {
      learn(step - 1);
      const target = histogram.percentile(percentile);
      if (target === null) return null;
      const days = ((step - firstSample) * stepSeconds) / DAY;
      const confidence = Math.min(days, samples / SAMPLES_A_DAY);
      const recommended = MARGIN * target;
      const bounds = {
        lower: MARGIN * histogram.percentile(LOWER_SHARE)! * (1 + 0.001 / confidence) ** -2,
        upper: MARGIN * histogram.percentile(UPPER_SHARE)! * (1 + 1 / confidence),
      };
      if (request === null || isDue(request, { recommended, ...bounds, now: step * stepSeconds })) {
        request = { value: recommended, atSeconds: step * stepSeconds };
      }
      return wholeInstances(request.value);
    };
  },
};

function isDue(
  request: { readonly value: number; readonly atSeconds: number },
  to: {
    readonly recommended: number;
    readonly lower: number;
    readonly upper: number;
    readonly now: number;
  },
): boolean {
  if (request.value < to.lower || request.value > to.upper) return true;
  const isOld = to.now - request.atSeconds >= 12 * HOUR;
  return isOld && Math.abs(to.recommended - request.value) >= 0.1 * request.value;
}
