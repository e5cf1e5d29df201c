/**
 * Standard, optimised, dynamic standard and dynamic optimised Theta (Fiorucci, Pellegrini, Louzada, Petropoulos,
 * Koehler, International Journal of Forecasting 32, 2016): optimised ones choose θ, dynamic ones update the line.
 */
export type ThetaForm = 'STM' | 'OTM' | 'DSTM' | 'DOTM';

/** States and parameters of a model while it runs over a series. */
export interface ThetaRun {
  readonly dynamic: boolean;
  /** Initial level, gain of the level, weight of the second Theta line. */
  initial: number;
  alpha: number;
  theta: number;
  /** After the last value. */
  level: number;
  intercept: number;
  slope: number;
  mean: number;
}

/** The first errors tell of the initial states only. */
const ERRORS_LEFT_OUT = 3;

/** The line of the models that do not update it, see straightLine. */
export interface ThetaLine {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * Runs the model over the values and leaves the last states in `run`.
 * @returns Σe² without the first three errors ÷ mean |y|, which makes the search's tolerance relative.
 */
export function thetaLoss(
  values: Float64Array,
  line: ThetaLine,
  run: ThetaRun,
  meanSize: number,
): number {
  const { dynamic, alpha, theta } = run;
  const share = 1 - 1 / theta;
  let level = alpha * values[0]! + (1 - alpha) * run.initial;
  let mean = values[0]!;
  let intercept = dynamic ? values[0]! : line.intercept;
  let slope = dynamic ? 0 : line.slope;
  let squares = 0;
  // (1 − α)^t, the share of the first level that is left
  let left = 1;
  for (let t = 1; t < values.length; t++) {
    left *= 1 - alpha;
    const value = values[t]!;
    const drift = intercept * left + (slope * (1 - left * (1 - alpha))) / alpha;
    const error = value - level - share * drift;
    if (t >= ERRORS_LEFT_OUT) squares += error * error;
    level = alpha * value + (1 - alpha) * level;
    if (!dynamic) continue;
    slope = ((t - 1) * slope + (6 * (value - mean)) / (t + 1)) / (t + 2);
    mean = (t * mean + value) / (t + 1);
    intercept = mean - (slope * (t + 2)) / 2;
  }
  run.level = level;
  run.intercept = intercept;
  run.slope = slope;
  run.mean = mean;
  return squares / meanSize;
}

/**
 * Point forecasts from the states that a run left behind: each forecast is taken for the value that follows.
 * @param steps number of values the run has seen.
 */
export function thetaForecast(run: ThetaRun, steps: number, horizon: number): Float64Array {
  const { dynamic, alpha, theta } = run;
  let { level, intercept, slope, mean } = run;
  const out = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) {
    const t = steps + step;
    const left = (1 - alpha) ** t;
    const drift = intercept * left + (slope * (1 - left * (1 - alpha))) / alpha;
    const value = level + (1 - 1 / theta) * drift;
    out[step] = value;
    level = alpha * value + (1 - alpha) * level;
    if (!dynamic) continue;
    slope = ((t - 1) * slope + (6 * (value - mean)) / (t + 1)) / (t + 2);
    mean = (t * mean + value) / (t + 1);
    intercept = mean - (slope * (t + 2)) / 2;
  }
  return out;
}
