import type { DetectorMemory } from './detector-memory.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Seasons count from their second cycle on. */
const CYCLES = 2;
/** Time constants in days, except the fast level's, in rows. */
const SLOW_DAYS = 0.3;
const SLOW_LEAST_ROWS = 45;
const FAST_ROWS = 6;
const BASE_ERROR_DAYS = 3;
const FORECAST_ERROR_DAYS = 1;
/** Slots of half an hour in a day and of an hour in a week, and the cycles that they remember. */
const DAY_SLOTS = 48;
const WEEK_SLOTS = 168;
const DAY_PROFILE_CYCLES = 7;
const WEEK_PROFILE_CYCLES = 3;
/** Powers of the recent error in the weights: bases differ little, forecasts much. */
const BASE_POWER = 4;
const FORECAST_POWER = 1.5;
/** Rows of a slot that are told apart. */
const LARGEST_COUNT = 255;
/** Mean errors of the level that one value may move it by, before its rate. */
const BELIEVED_ERRORS = 12;
const TINY = 1e-12;

/** One-step forecast of a stream, in bounded memory. */
export interface BlendedForecast {
  /**
   * Forecast of the value at an instant (local Unix seconds: the season is the clock's), from what was learnt so far
   * and, where there is one, the forecast of the application's trained model.
   */
  predict(atSeconds: number, model: number | null): number;
  /** The slow level with its season, without the last value: what the metric would be without any news. */
  base(): number;
  /** Learns the value at the instant of the last `predict`. */
  learn(value: number, rowsPerDay: number): void;
}

const [ROWS, LAST, FAST, SLOW, PREVIOUS_BASE, BASE, FIRST_AT, AT, MODELLED] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const MODEL = 4;

/**
 * Blend of cheap forecasters: the last value, a fast level, a base (slow level with the time of day and of week where
 * they help), the last value carried along the base, and the application's trained model where there is one. Each
 * weighs by the inverse power of its recent mean absolute error, so that each counts exactly as much as it explains.
 */
export function createBlendedForecast(memory: DetectorMemory): BlendedForecast {
  const state = memory.doubles(9);
  const baseErrors = memory.doubles(3);
  const errors = memory.doubles(5);
  const bases = memory.doubles(3);
  const forecasts = memory.doubles(5);
  const day = createProfile(memory, { cycleSeconds: DAY, slots: DAY_SLOTS });
  const week = createProfile(memory, { cycleSeconds: WEEK, slots: WEEK_SLOTS });
  const elapsed = (): number => state[AT]! - state[FIRST_AT]!;

  return {
    predict(atSeconds, model) {
      if (state[ROWS] === 0) state[FIRST_AT] = atSeconds;
      state[AT] = atSeconds;
      const slow = state[SLOW]!;
      bases[0] = slow;
      bases[1] = slow + (elapsed() > CYCLES * DAY ? day.offset(atSeconds) : 0);
      bases[2] = slow + (elapsed() > CYCLES * WEEK ? week.offset(atSeconds) : 0);
      const base = blend(bases, baseErrors, BASE_POWER);
      state[BASE] = base;
      forecasts[0] = state[LAST]!;
      forecasts[1] = state[FAST]!;
      forecasts[2] = base;
      forecasts[3] = state[LAST]! + base - state[PREVIOUS_BASE]!;
      forecasts[MODEL] = model ?? NaN;
      if (model !== null && state[MODELLED] === 0) {
        // A model that was never tried is trusted like the worst of the others.
        errors[MODEL] = Math.max(errors[0]!, errors[1]!, errors[2]!, errors[3]!);
        state[MODELLED] = 1;
      }
      return blend(forecasts, errors, FORECAST_POWER);
    },
    base: () => state[BASE]!,
    learn(value, rowsPerDay) {
      const rows = state[ROWS]!;
      if (rows === 0) state.fill(value, LAST, BASE + 1);
      if (rows > 0) {
        track(baseErrors, bases, { value, rate: rateOf(rows, BASE_ERROR_DAYS * rowsPerDay) });
        track(errors, forecasts, { value, rate: rateOf(rows, FORECAST_ERROR_DAYS * rowsPerDay) });
      }
      const deviation = believed(value - state[SLOW]!, BELIEVED_ERRORS * baseErrors[0]!);
      day.learn(state[AT]!, deviation, (DAY_PROFILE_CYCLES * rowsPerDay) / DAY_SLOTS + 1);
      week.learn(state[AT]!, deviation, (WEEK_PROFILE_CYCLES * rowsPerDay) / 24 + 1);
      state[PREVIOUS_BASE] = state[BASE]!;
      const slowRows = Math.min(rows + 1, Math.max(SLOW_LEAST_ROWS, SLOW_DAYS * rowsPerDay));
      state[SLOW]! += deviation / slowRows;
      state[FAST]! += (value - state[FAST]!) / FAST_ROWS;
      state[LAST] = value;
      state[ROWS]!++;
    },
  };
}

interface Profile {
  /** Mean deviation of the slot, 0 where it was never seen. */
  offset(atSeconds: number): number;
  learn(atSeconds: number, deviation: number, rememberedRows: number): void;
}

/** Mean deviation from the slow level per slot of a cycle. */
function createProfile(
  memory: DetectorMemory,
  { cycleSeconds, slots }: { readonly cycleSeconds: number; readonly slots: number },
): Profile {
  const offsets = memory.floats(slots);
  const counts = memory.counts(slots);
  const slotOf = (at: number): number =>
    Math.floor(((((at % cycleSeconds) + cycleSeconds) % cycleSeconds) / cycleSeconds) * slots);
  return {
    offset: (at) => offsets[slotOf(at)]!,
    learn(at, deviation, rememberedRows) {
      const slot = slotOf(at);
      const count = Math.min(counts[slot]! + 1, LARGEST_COUNT);
      counts[slot] = count;
      offsets[slot]! += (deviation - offsets[slot]!) / Math.min(count, rememberedRows);
    },
  };
}

/** Weight of a new value in a mean over the last rows. */
function rateOf(rows: number, memoryRows: number): number {
  return 1 / Math.max(1, Math.min(rows + 1, memoryRows));
}

/** A deviation far beyond the usual ones is learnt in parts: an anomaly is no season, and a new level lasts. */
function believed(deviation: number, most: number): number {
  return most > 0 ? Math.max(-most, Math.min(most, deviation)) : deviation;
}

/** Mean of the finite values, each with the weight (mean absolute error)^−power. */
function blend(values: Float64Array, errors: Float64Array, power: number): number {
  // Errors relative to the smallest: powers of raw values overflow for bytes and vanish for shares.
  let smallest = Infinity;
  for (let k = 0; k < values.length; k++) {
    if (errors[k]! < smallest && Number.isFinite(values[k]!)) smallest = errors[k]!;
  }
  let [sum, weights] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k]!)) continue;
    const ratio = (smallest + TINY) / (errors[k]! + TINY);
    const weight = power === 4 ? ratio * ratio * ratio * ratio : ratio ** power;
    sum += weight * values[k]!;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

function track(
  errors: Float64Array,
  forecasts: Float64Array,
  { value, rate }: { readonly value: number; readonly rate: number },
): void {
  for (let k = 0; k < errors.length; k++) {
    const error = Math.abs(value - forecasts[k]!);
    if (Number.isFinite(error)) errors[k]! += (error - errors[k]!) * rate;
  }
}
