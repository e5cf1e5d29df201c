/**
 * Level with damped trend (Gardner and McKenzie 1985; Hyndman et al. 2008, section 2.3) and a
 * first-order autoregressive rest (Taylor 2003, section 3): from the last value x, level ℓ and
 * trend b, x̂(h) = ℓ + (φ + … + φ^h) b + λ^h (x − ℓ).
 */
export interface SmoothingParameters {
  /** α, share of the error that moves the level, in [0, 1]. */
  readonly levelGain: number;
  /** Share of the error that moves the trend, in [0, 1]. */
  readonly trendGain: number;
  /** φ, damping of the trend per step, in [0, 1). */
  readonly damping: number;
  /** λ, autocorrelation of what the level leaves over, in [0, 1). */
  readonly autocorrelation: number;
}

/** A row vector [level, trend] or a row of the transition matrix. */
export type Pair = readonly [level: number, trend: number];

/**
 * The row times the transition matrix of the filter: with e = x − ℓ − φ b, ℓ' = ℓ + φ b + α e and
 * b' = φ b + τ e the new states are (1 − α) ℓ + φ (1 − α) b + α x and −τ ℓ + φ (1 − τ) b + τ x.
 */
export function timesTransition([level, trend]: Pair, parameters: SmoothingParameters): Pair {
  const { levelGain, trendGain, damping } = parameters;
  return [
    level * (1 - levelGain) - trend * trendGain,
    damping * (level * (1 - levelGain) + trend * (1 - trendGain)),
  ];
}

/**
 * A history as the filter sees it: its length, and the steps at its start whose mean is the first
 * level.
 */
export interface FilterWindow {
  readonly parameters: SmoothingParameters;
  readonly context: number;
  readonly initialSteps: number;
}

export interface FilterWeights {
  readonly level: Float64Array;
  readonly trend: Float64Array;
  /**
   * Rows of the transition matrix to the power of the context: how level and trend depend on the
   * first states.
   */
  readonly levelPower: Pair;
  readonly trendPower: Pair;
}

/**
 * Level and trend after the last value of a history as weighted sums of its values: the filter is
 * linear, so each state is a fixed vector times the history. The first trend is zero.
 */
export function filterWeights({ parameters, context, initialSteps }: FilterWindow): FilterWeights {
  const { levelGain, trendGain } = parameters;
  const level = new Float64Array(context);
  const trend = new Float64Array(context);
  let levelRow: Pair = [1, 0];
  let trendRow: Pair = [0, 1];
  for (let k = context - 1; k >= 0; k--) {
    level[k] = levelRow[0] * levelGain + levelRow[1] * trendGain;
    trend[k] = trendRow[0] * levelGain + trendRow[1] * trendGain;
    levelRow = timesTransition(levelRow, parameters);
    trendRow = timesTransition(trendRow, parameters);
  }
  for (let k = 0; k < initialSteps; k++) {
    level[k] += levelRow[0] / initialSteps;
    trend[k] += trendRow[0] / initialSteps;
  }
  return { level, trend, levelPower: levelRow, trendPower: trendRow };
}

/**
 * How level, trend and rest enter the forecast: three rows of `horizon` factors, 1, φ + … + φ^h and
 * λ^h.
 */
export function horizonFactors(parameters: SmoothingParameters, horizon: number): Float64Array {
  const factors = new Float64Array(3 * horizon);
  let [trend, power, rest] = [0, 1, 1];
  for (let step = 0; step < horizon; step++) {
    power *= parameters.damping;
    trend += power;
    rest *= parameters.autocorrelation;
    factors[step] = 1;
    factors[horizon + step] = trend;
    factors[2 * horizon + step] = rest;
  }
  return factors;
}
