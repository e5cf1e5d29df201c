import { wholeInstances, type Baseline } from './baseline.ts';
import { createHarmonicForecast } from './statistics/harmonic-forecast.ts';

const MINUTE = 60;
/** What is planned for beyond the start-up, and the most that it may use [doc]. */
const PLANNED_SECONDS = 15 * MINUTE;
const CEILING = 0.75;
/** The short-term forecaster continues the trend of the last hour or two [doc]; one here [a]. */
const TREND_SECONDS = 60 * MINUTE;

/**
 * Forecaster and planner of MongoDB's prototype of predictive scaling (Davis, Humeau, "MongoDB
 * Predictive Auto-Scaling: An Experiment", 2026) [doc]: a long-term forecast by the seasons where
 * it has been accurate of late, else the trend of the last hour; the planner takes the cheapest
 * size that keeps the next 15 minutes below 75 %. They decompose with MSTL and take ARIMA for the
 * rest; here harmonic regression stands for both, and "accurate" is better than the last value
 * [a]. Their estimator of a size's load is not needed: demand is in instances. Knob: the ceiling.
 */
export const forecastPlanner: Baseline = {
  name: 'forecast-planner',
  knobName: 'most that may be used',
  knob: CEILING,
  sweep: [0.5, 0.6, 0.75, 0.85, 1],
  steer(context, ceiling) {
    const { demand, stepSeconds, warmUpHorizon } = context;
    const seasons = createHarmonicForecast(context);
    const horizon = warmUpHorizon + Math.ceil(PLANNED_SECONDS / stepSeconds);
    return (step) => {
      seasons.advanceTo(step);
      const error = seasons.scaledError();
      const trend = trendAt(demand, step, Math.max(2, Math.round(TREND_SECONDS / stepSeconds)));
      const isLong = error !== null && error < 1;
      let most: number | null = null;
      for (let k = step; k < step + horizon; k++) {
        const need = (isLong ? seasons.at(k) : null) ?? trend(k);
        if (need !== null) most = Math.max(most ?? 0, need);
      }
      return most === null ? null : wholeInstances(most / ceiling);
    };
  },
};

/** A straight line by least squares through the last measurements; null where there are none. */
function trendAt(
  demand: Float64Array,
  step: number,
  length: number,
): (at: number) => number | null {
  const known: number[] = [];
  for (let k = Math.max(0, step - length); k < step; k++) {
    if (!Number.isNaN(demand[k])) known.push(k);
  }
  const sumOf = (of: (k: number) => number) => known.reduce((sum, k) => sum + of(k), 0);
  const [x, y] = [sumOf((k) => k) / known.length, sumOf((k) => demand[k]) / known.length];
  const spread = sumOf((k) => (k - x) ** 2);
  const slope = spread > 0 ? sumOf((k) => (k - x) * demand[k]) / spread : 0;
  return (at) => (known.length === 0 ? null : Math.max(0, y + slope * (at - x)));
}
