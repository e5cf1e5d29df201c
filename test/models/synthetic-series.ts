import type { RegularSeries } from '#models/series/series.ts';

/** A small seeded generator (mulberry32), so that every run sees the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const START_SECONDS = 1_375_315_200;
export const STEP_SECONDS = 3600;

/** Hourly load with a daily and a weekly pattern and noise, in [0, ∞). */
export function dailySeries(steps: number, seed = 1): RegularSeries {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length: steps }, (_, k) => {
    const day = 3 * Math.sin((2 * Math.PI * k) / 24);
    const weekend = Math.floor(k / 24) % 7 > 4 ? -2 : 0;
    return Math.max(0, 10 + day + weekend + 2 * (random() - 0.5));
  });
  return { startSeconds: START_SECONDS, stepSeconds: STEP_SECONDS, values };
}

/** Mostly near zero, with a spike now and then. */
export function spikySeries(steps: number, seed = 1): RegularSeries {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length: steps }, () =>
    random() < 0.03 ? 20 * random() : 0.1 * random(),
  );
  return { startSeconds: START_SECONDS, stepSeconds: STEP_SECONDS, values };
}

export const withValues = (series: RegularSeries, values: ArrayLike<number>): RegularSeries => ({
  ...series,
  values: Float64Array.from(values),
});
