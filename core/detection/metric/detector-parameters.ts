/**
 * Constants of the metric detector. They were chosen by hill climbing on the shared halves of both labelled benchmarks at
 * once, rounded, and kept where the figures are flat around them. docs/research/detection.md says how far they
 * generalise.
 */
export const DETECTOR_PARAMETERS = {
  /** Rows before anything is strange. */
  warmUpRows: 100,
  /** Tails are remembered for two weeks, but for at least so many rows. */
  tailDays: 14,
  tailLeastRows: 1000,
  /** The scales of residuals are remembered for a day and a half. */
  scaleDays: 1.4,
  scaleLeastRows: 100,
  /** A scale is at least this share of the largest value seen: no residual is infinitely many of them. */
  smallestRelativeScale: 1e-3,
  /** The residual is smoothed over about so many rows, each clipped to so many scales. */
  shortRows: 20,
  longRows: 120,
  clip: 4,
  /** Rows of the recent volatility, and of the recent movement that tells whether a metric has gone quiet. */
  volatilityRows: 25,
  movementRows: 12,
  /** Weights of the views' surprise beyond the deep tail: persistent deviations say more than single points. */
  weights: {
    point: 0.2,
    season: 0,
    short: 2,
    long: 1,
    volatility: 0.2,
    quiet: 0.3,
    still: 2,
    collapse: 1,
    base: 0,
    change: 0,
    model: 1,
  },
  /** Weights of what is rare but not deep in the tail: it ranks the small events, and never reaches the large ones. */
  faintWeights: {
    point: 0.025,
    season: 0.025,
    short: 0,
    long: 0,
    volatility: 0,
    quiet: 0,
    still: 0,
    collapse: 0,
    base: 0.025,
    change: 0.035,
    model: 0,
  },
  /** Surprise (−log10 of a probability) from which faint events count, and how much of it at most. */
  faintFrom: 1.5,
  largestFaint: 4,
  largestView: 12,
  /** A metric that moves little is common, and so are repeated values; only what is far beyond all before counts. */
  quietBeyond: 1.5,
  stillBeyond: 1,
  /** Range rule: 1 for a new extreme, more by the logarithm of how far beyond, in 3 % of the range. */
  rangeUnit: 0.03,
  largestRange: 6,
  /** Each alarm of the last weeks makes the next one less of a surprise, by this share. */
  restlessness: 0.12,
  restlessDays: 21,
  restlessLeastRows: 2000,
  restlessFrom: 0.8,
} as const;
