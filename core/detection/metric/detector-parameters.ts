/**
 * Constants of the metric detector. They were chosen by hill climbing on both labelled benchmarks,
 * then rounded, and kept where the results are flat around them. docs/research/detection.md says
 * how constants chosen on one half of the files do on the other half.
 */
export const DETECTOR_PARAMETERS = {
  /** Rows before any severity is reported. */
  warmUpRows: 100,
  /** Tails remember two weeks, but at least `tailLeastRows` rows. */
  tailDays: 14,
  tailLeastRows: 1000,
  /** Scales of residuals remember a day and a half, but at least `scaleLeastRows` rows. */
  scaleDays: 1.4,
  scaleLeastRows: 100,
  /** A scale is at least this share of the largest value so far, so that no ratio is infinite. */
  smallestRelativeScale: 1e-3,
  /**
   * Rows over which the two smoothed residuals average; each residual is clipped to `clip` scales.
   */
  shortRows: 20,
  longRows: 120,
  clip: 4,
  /**
   * Rows of the recent volatility, and of the recent movement by which a metric counts as quiet.
   */
  volatilityRows: 25,
  movementRows: 12,
  /**
   * Weights of each view's surprise beyond the deep tail. Persistent deviations weigh more than
   * single points.
   */
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
  /**
   * Weights of surprise that is rare but not in the deep tail. They rank small events and stay
   * below large ones.
   */
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
  /**
   * Surprise (−log10 of a probability) from which small events count, and the largest surprise per
   * view.
   */
  faintFrom: 1.5,
  largestFaint: 4,
  largestView: 12,
  /**
   * Extra surprise needed by the views `quiet` and `still`, because small movement and repeated
   * values are common.
   */
  quietBeyond: 1.5,
  stillBeyond: 1,
  /**
   * Range rule: 1 for a new extreme, plus the logarithm of the excess in units of 3 % of the range.
   */
  rangeUnit: 0.03,
  largestRange: 6,
} as const;
