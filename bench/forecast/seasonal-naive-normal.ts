import { DECILES } from './rolling-loss.ts';

/** The standard normal distribution's deciles, 0.1 to 0.9. */
const NORMAL_DECILES = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];

/**
 * Seasonal naive as forecasting leaderboards run it: the values of one season ago, and normal
 * intervals whose variance is the mean squared seasonal difference, times the seasons ahead
 * (Hyndman and Athanasopoulos, Forecasting, 3rd ed., section 5.5).
 * @returns row-major [horizon × 9], null where there is no whole season and a step more.
 */
export function seasonalNaiveNormal(
  past: Float64Array,
  horizon: number,
  season = 288,
): Float64Array | null {
  const differences = past.length - season;
  if (differences < 1) return null;
  let squares = 0;
  for (let t = season; t < past.length; t++) squares += (past[t]! - past[t - season]!) ** 2;
  const sigma = Math.sqrt(squares / differences);
  const out = new Float64Array(horizon * DECILES.length);
  for (let step = 0; step < horizon; step++) {
    const spread = sigma * Math.sqrt(Math.floor(step / season) + 1);
    const centre = past[past.length - season + (step % season)]!;
    NORMAL_DECILES.forEach((z, k) => (out[step * DECILES.length + k] = centre + z * spread));
  }
  return out;
}
