import { wholeInstances, type Baseline, type BaselineContext } from './baseline.ts';
import { trackedInstances } from './target-tracking.ts';

const HOUR = 3600;
const HOURS_OF_DAY = 24;
const HOURS_OF_WEEK = 168;
/** Up to two weeks of hourly sums [doc]. */
const HISTORY_HOURS = 14 * HOURS_OF_DAY;
/** A new forecast every six hours [doc]. */
export const REFRESH_HOURS = 6;
/** An hour's capacity is in service five minutes before the hour begins [doc]. */
const BUFFER_SECONDS = 300;
/** Target utilization of both metrics; the same as that of target tracking beside it [a]. */
const TARGET = 0.7;

/**
 * "AWS-like" predictive scaling beside target tracking: the larger of both wins [doc]. There is no
 * forecast under 24 hours of history [doc]. The provider's model is not published; here it is the
 * mean of the same hour of the week over 14 days, or of the same hour of the day below 7 days [a].
 * capacity = ceil(load of the hour ÷ (samples · target)) [a], set five minutes before the hour,
 * never lowering [doc]. Target tracking is the version of the replay. Knob: the target of both.
 */
export const predictiveScaling: Baseline = {
  name: 'aws-like-predictive',
  knobName: 'target utilization',
  knob: TARGET,
  sweep: [0.5, 0.6, 0.7, 0.8, 0.9, 1],
  steer(context, target) {
    let forecast: { readonly madeAt: number; readonly means: Map<number, number> } | null = null;
    return (step) => {
      const now = context.startSeconds + step * context.stepSeconds;
      const madeAt = Math.floor(now / (REFRESH_HOURS * HOUR));
      if (forecast?.madeAt !== madeAt) forecast = { madeAt, means: hourlyMeans(context, step) };
      const reactive = trackedInstances(context.demand, step, target);
      // Shortly before an hour begins its capacity is requested, while the current hour still
      // counts.
      const load = loadOf(forecast.means, Math.floor(now / HOUR));
      const next = loadOf(forecast.means, Math.floor((now + BUFFER_SECONDS) / HOUR));
      if (reactive === null && load === null && next === null) return null;
      return Math.max(reactive ?? 0, wholeInstances(Math.max(load ?? 0, next ?? 0) / target));
    };
  },
};

/**
 * Mean load by hour of the week (0 to 167), or by hour of the day (168 and above) with less than a
 * week of history.
 * @param context demand of the steps before `step`, in any unit; NaN where nothing was measured.
 */
export function hourlyMeans(
  context: Pick<BaselineContext, 'demand' | 'stepSeconds' | 'startSeconds'>,
  step: number,
): Map<number, number> {
  const { demand, stepSeconds, startSeconds } = context;
  const from = Math.max(0, step - Math.round((HISTORY_HOURS * HOUR) / stepSeconds));
  const first = demand.findIndex((need) => !Number.isNaN(need));
  const historySeconds = first === -1 ? 0 : (step - first) * stepSeconds;
  if (historySeconds < HOURS_OF_DAY * HOUR) return new Map();
  const weekly = historySeconds >= HOURS_OF_WEEK * HOUR;
  const sums = new Float64Array(HOURS_OF_WEEK + HOURS_OF_DAY);
  const counts = new Float64Array(sums.length);
  for (let k = from; k < step; k++) {
    const need = demand[k];
    if (Number.isNaN(need)) continue;
    const hour = Math.floor((startSeconds + k * stepSeconds) / HOUR);
    const slot = weekly ? hour % HOURS_OF_WEEK : HOURS_OF_WEEK + (hour % HOURS_OF_DAY);
    sums[slot] += need;
    counts[slot]++;
  }
  const means = new Map<number, number>();
  counts.forEach((count, slot) => count > 0 && means.set(slot, sums[slot] / count));
  return means;
}

/**
 * Load of an hour since 1970 by the means of `hourlyMeans`; null where there is none of such an hour.
 */
export function loadOf(means: ReadonlyMap<number, number>, hour: number): number | null {
  return (
    means.get(hour % HOURS_OF_WEEK) ?? means.get(HOURS_OF_WEEK + (hour % HOURS_OF_DAY)) ?? null
  );
}
