const HOUR = 3600;
const DAY = 24 * HOUR;

/** Trailing windows: five minutes to a week. */
export const MIXTURE_WINDOWS_SECONDS: readonly number[] = [
  HOUR / 12,
  HOUR / 4,
  HOUR,
  2 * HOUR,
  8 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
];

/**
 * Times ahead for which weights were learnt: 1, 3, 12, 48, 144, 288 and 720 steps of five minutes.
 */
export const MIXTURE_KNOTS_SECONDS: readonly number[] = [
  HOUR / 12,
  HOUR / 4,
  HOUR,
  4 * HOUR,
  DAY / 2,
  DAY,
  60 * HOUR,
];

/**
 * Per time ahead the weights of the windows, of the whole context, and of the same time of day.
 * They minimise the summed continuous ranked probability score (docs/research/constants.md),
 * rounded and smoothed along the horizon.
 */
export const MIXTURE_WEIGHTS: readonly (readonly number[])[] = [
  [0.5, 0.21, 0.2, 0.02, 0, 0.05, 0, 0, 0, 0.02],
  [0.14, 0.45, 0.26, 0, 0, 0.01, 0, 0, 0, 0.14],
  [0.08, 0.44, 0.19, 0, 0, 0.05, 0, 0, 0.03, 0.21],
  [0.13, 0.23, 0.17, 0, 0.02, 0.02, 0, 0, 0.13, 0.3],
  [0.02, 0.06, 0.19, 0, 0.09, 0, 0.02, 0.05, 0.11, 0.46],
  [0, 0.06, 0.04, 0, 0.02, 0, 0.05, 0.15, 0.22, 0.46],
  [0, 0.02, 0, 0.01, 0.05, 0, 0.37, 0, 0.24, 0.31],
];
