import { wholeInstances, type Baseline } from './baseline.ts';
import { createDecayingHistogram } from './statistics/decaying-histogram.ts';

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
 * What an out-of-memory kill adds to the use that it was killed at [src; the 100 MiB are left out,
 * a].
 */
const KILLED_FACTOR = 1.2;

/**
 * Recommender of the Vertical Pod Autoscaler [src], with its request rounded up to instances [a].
 * Target = P90 · 1.15; lower = P50 · 1.15 · (1 + 0.001 ÷ c)^−2, upper = P95 · 1.15 · (1 + 1 ÷ c), c
 * = min(days of life, samples ÷ 1440). Every sample of CPU enters its histogram; of memory the peak
 * of each 24 hours does, and 1.2 times the use where it was above what was in service. Requests are
 * applied when a current one leaves [lower, upper], or is 12 hours old and differs by 10 %; both
 * are renewed then, as a pod is evicted once [a]. Disk and network count as CPU [a]. Knob: the
 * target's percentile.
 */
export const vpa: Baseline = {
  name: 'vpa',
  knobName: 'target percentile',
  knob: 0.9,
  sweep: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
  steer({ demand, parts, stepSeconds, fromStep }, percentile) {
    const others = createDecayingHistogram(HISTOGRAM);
    const memory = createPeakHistogram();
    let [samples, firstSample] = [0, 0];
    let requests: { readonly values: readonly number[]; readonly atSeconds: number } | null = null;
    const learn = (step: number, inService: number | null) => {
      if (Number.isNaN(demand[step] ?? NaN)) return;
      if (samples === 0) firstSample = step;
      samples += stepSeconds / 60;
      const atSeconds = step * stepSeconds;
      const need = (parts?.others ?? demand)[step];
      if (!Number.isNaN(need)) others.add(need, atSeconds);
      const bytes = parts?.memory[step] ?? NaN;
      if (Number.isNaN(bytes)) return;
      const isKilled = inService !== null && bytes >= inService;
      memory.add(isKilled ? KILLED_FACTOR * bytes : bytes, (step - firstSample) * stepSeconds);
    };
    for (let step = 0; step < fromStep - 1; step++) learn(step, null);
    let inService: number | null = null;
    return (step, group) => {
      learn(step - 1, inService);
      ({ inService } = group);
      const histograms = [others, memory.histogram].filter(
        (histogram) => histogram.percentile(percentile) !== null,
      );
      if (histograms.length === 0) return null;
      const days = ((step - firstSample) * stepSeconds) / DAY;
      const confidence = Math.min(days, samples / SAMPLES_A_DAY);
      const recommended = histograms.map((histogram) => ({
        recommended: MARGIN * histogram.percentile(percentile)!,
        lower: MARGIN * histogram.percentile(LOWER_SHARE)! * (1 + 0.001 / confidence) ** -2,
        upper: MARGIN * histogram.percentile(UPPER_SHARE)! * (1 + 1 / confidence),
        now: step * stepSeconds,
      }));
      const current = requests;
      const isAnyDue =
        current?.values.length !== recommended.length ||
        recommended.some((to, k) =>
          isDue({ value: current.values[k], atSeconds: current.atSeconds }, to),
        );
      if (isAnyDue) {
        const values = recommended.map((to) => to.recommended);
        requests = { values, atSeconds: step * stepSeconds };
      }
      return wholeInstances(Math.max(...requests!.values));
    };
  },
};

/**
 * A histogram of the peaks of every 24 hours; the peak of the day that goes on takes part [src].
 */
function createPeakHistogram() {
  const histogram = createDecayingHistogram(HISTOGRAM);
  let peak: { readonly day: number; readonly value: number } | null = null;
  return {
    histogram,
    add(value: number, atSeconds: number): void {
      const day = Math.floor(atSeconds / DAY);
      const replaced = peak?.day === day ? peak : null;
      if (replaced !== null && replaced.value >= value) return;
      // The interval's end is the time of its sample, so that a higher peak replaces a lower one.
      const end = (day + 1) * DAY;
      if (replaced !== null) histogram.add(replaced.value, end, -1);
      histogram.add(value, end);
      peak = { day, value };
    },
  };
}

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
