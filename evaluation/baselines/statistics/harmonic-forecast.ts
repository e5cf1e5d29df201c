import { leastSquares } from '#models/numeric/least-squares.ts';

const DAY = 86_400;
const WEEK = 7 * DAY;
/** Most of the past that is fitted; a week's season is fitted once two weeks were seen. */
const HISTORY_SECONDS = 4 * WEEK;
const [DAILY_SECONDS, WEEKLY_SECONDS] = [2 * DAY, 2 * WEEK];
const [DAILY_PAIRS, WEEKLY_PAIRS] = [6, 3];
const REFRESH_SECONDS = 6 * 3600;

/** What is forecast: see `BaselineContext`. */
export interface ForecastDemand {
  readonly demand: Float64Array;
  readonly stepSeconds: number;
  readonly warmUpHorizon: number;
}

/** Forecasts of demand by its seasons, and how good they have been. */
export interface HarmonicForecast {
  /** Fits and judges what was measured before this step. Steps come in order. */
  readonly advanceTo: (step: number) => void;
  /** Demand of a step at or after the one advanced to; null where nothing could be fitted. */
  readonly at: (step: number) => number | null;
  /**
   * Mean absolute error of the last day's forecasts a lead time ahead, over that of the last
   * measurement in their place; null where there are none. Below 1 the seasons are worth more.
   */
  readonly scaledError: () => number | null;
}

interface Fit {
  /** Of the constant, then of a sine and a cosine of every cycle. */
  readonly weights: Float64Array;
  /** How much of an error is left a step later. */
  readonly persistence: number;
}

/**
 * Harmonic regression: six pairs of sines and cosines of the day and three of the week by least
 * squares, with errors that persist as an autoregression of order one (dynamic harmonic regression:
 * Hyndman, Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 10.5). The error's scale
 * is that of the last value, at the same lead (Hyndman, Koehler, Int. Journal of Forecasting 22,
 * 2006).
 */
export function createHarmonicForecast({
  demand,
  stepSeconds,
  warmUpHorizon,
}: ForecastDemand): HarmonicForecast {
  const perDay = Math.round(DAY / stepSeconds);
  const rowOf = harmonicRows(7 * perDay);
  const ahead = new Float64Array(demand.length + warmUpHorizon).fill(NaN);
  let [fit, nextFit, known]: [Fit | null, number, number] = [null, 0, 0];
  const season = (step: number, { weights }: Fit) => dot(rowOf(step), weights);
  const at = (step: number): number | null => {
    if (fit === null) return null;
    const last = known - 1;
    const error = Number.isNaN(demand[last] ?? NaN) ? 0 : demand[last] - season(last, fit);
    return Math.max(0, season(step, fit) + fit.persistence ** (step - last) * error);
  };
  return {
    advanceTo(step) {
      known = step;
      if (step >= nextFit) {
        fit = fitted(demand, { step, stepSeconds, rowOf });
        nextFit = step + Math.round(REFRESH_SECONDS / stepSeconds);
      }
      ahead[step + warmUpHorizon - 1] = at(step + warmUpHorizon - 1) ?? NaN;
    },
    at,
    scaledError() {
      let [own, naive] = [0, 0];
      for (let k = Math.max(warmUpHorizon, known - perDay); k < known; k++) {
        const [foreseen, before] = [ahead[k], demand[k - warmUpHorizon]];
        if (Number.isNaN(foreseen + before + demand[k])) continue;
        own += Math.abs(demand[k] - foreseen);
        naive += Math.abs(demand[k] - before);
      }
      return naive > 0 ? own / naive : null;
    },
  };
}

/** The regression's row of a step, by its place in the week. */
function harmonicRows(perWeek: number): (step: number) => Float64Array {
  const rows = new Map<number, Float64Array>();
  return (step) => {
    const place = step % perWeek;
    const row = rows.get(place) ?? harmonicRow(place / perWeek);
    rows.set(place, row);
    return row;
  };
}

function harmonicRow(shareOfWeek: number): Float64Array {
  const cycles = [
    ...Array.from({ length: DAILY_PAIRS }, (_, k) => 7 * (k + 1)),
    ...Array.from({ length: WEEKLY_PAIRS }, (_, k) => k + 1),
  ];
  const waves = cycles.flatMap((cycle) => {
    const angle = 2 * Math.PI * cycle * shareOfWeek;
    return [Math.sin(angle), Math.cos(angle)];
  });
  return Float64Array.of(1, ...waves);
}

interface FitInput {
  readonly step: number;
  readonly stepSeconds: number;
  readonly rowOf: (step: number) => Float64Array;
}

function fitted(demand: Float64Array, { step, stepSeconds, rowOf }: FitInput): Fit | null {
  const steps: number[] = [];
  const from = Math.max(0, step - Math.round(HISTORY_SECONDS / stepSeconds));
  for (let k = from; k < step; k++) if (!Number.isNaN(demand[k])) steps.push(k);
  const first = steps[0];
  if (first === undefined || (step - first) * stepSeconds < DAILY_SECONDS) return null;
  const isWeekly = (step - first) * stepSeconds >= WEEKLY_SECONDS;
  const count = 1 + 2 * (DAILY_PAIRS + (isWeekly ? WEEKLY_PAIRS : 0));
  const columns = Array.from({ length: count }, (_, column) =>
    Float64Array.from(steps, (k) => rowOf(k)[column]),
  );
  const needs = Float64Array.from(steps, (k) => demand[k]);
  const weights = leastSquares(columns, needs);
  if (weights === null) return null;
  const errors = steps.map((k) => demand[k] - dot(rowOf(k), weights));
  let [product, square] = [0, 0];
  for (let k = 1; k < errors.length; k++) {
    product += errors[k] * errors[k - 1];
    square += errors[k - 1] ** 2;
  }
  const persistence = square > 0 ? Math.min(1, Math.max(0, product / square)) : 0;
  return { weights, persistence };
}

/** Over as many columns as there are weights. */
function dot(row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += row[k] * weights[k];
  return sum;
}
