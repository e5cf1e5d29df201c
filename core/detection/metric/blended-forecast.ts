import type { DetectorMemory } from './detector-memory.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A season is used from its second cycle on. */
const CYCLES = 2;
/** Time constants in days, except that of the fast level, which is in rows. */
const SLOW_DAYS = 0.3;
const SLOW_LEAST_ROWS = 45;
const FAST_ROWS = 6;
const BASE_ERROR_DAYS = 3;
const FORECAST_ERROR_DAYS = 1;
/** A day has half-hour slots and a week has hour slots. The profiles remember this many cycles. */
const DAY_SLOTS = 48;
const WEEK_SLOTS = 168;
const DAY_PROFILE_CYCLES = 7;
const WEEK_PROFILE_CYCLES = 3;
/**
 * Exponents of the recent error in the weights. Bases differ little, so small differences must
 * count; forecasts differ more.
 */
const BASE_POWER = 4;
const FORECAST_POWER = 1.5;
/** The count of rows in a slot stops here, because it is one byte. */
const LARGEST_COUNT = 255;
/** One value moves the slow level by at most this many mean errors, times the learning rate. */
const BELIEVED_ERRORS = 12;
const TINY = 1e-12;

/** One-step forecast of a stream, in bounded memory. */
export interface BlendedForecast {
  /**
   * Forecast of the value at `atSeconds`: local time in Unix seconds, because the season follows
   * the local clock. The forecast uses what was learned so far, and the trained model's forecast if
   * there is one.
   */
  predict(atSeconds: number, model: number | null): number;
  /**
   * Slow level with season, without the last value: the expected value if nothing unusual happens.
   */
  base(): number;
  /** Learns the value at the instant of the last call of `predict`. */
  learn(value: number, rowsPerDay: number): void;
  /** Leaves out the value at that instant: the levels follow the base. */
  pass(): void;
}

const [ROWS, LAST, FAST, SLOW, PREVIOUS_BASE, BASE, FIRST_AT, AT, MODELLED] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const MODEL = 4;

/**
 * Blend of five cheap forecasts: the last value; a fast level; a base (slow level with the time of
 * day and of week, as far as they help); the last value plus the change of the base; and the
 * application's trained model if there is one. The weight of each is a negative power of its recent
 * mean absolute error.
 */
export function createBlendedForecast(memory: DetectorMemory): BlendedForecast {
  const state = memory.doubles(9);
  const baseErrors = memory.doubles(3);
  const errors = memory.doubles(5);
  const bases = memory.doubles(3);
  const forecasts = memory.doubles(5);
  const day = createProfile(memory, { cycleSeconds: DAY, slots: DAY_SLOTS });
  const week = createProfile(memory, { cycleSeconds: WEEK, slots: WEEK_SLOTS });
  const elapsed = (): number => state[AT] - state[FIRST_AT];

  return {
    predict(atSeconds, model) {
      if (state[ROWS] === 0) state[FIRST_AT] = atSeconds;
      state[AT] = atSeconds;
      const slow = state[SLOW];
      bases[0] = slow;
      bases[1] = slow + (elapsed() > CYCLES * DAY ? day.offset(atSeconds) : 0);
      bases[2] = slow + (elapsed() > CYCLES * WEEK ? week.offset(atSeconds) : 0);
      const base = blend(bases, baseErrors, BASE_POWER);
      state[BASE] = base;
      forecasts[0] = state[LAST];
      forecasts[1] = state[FAST];
      forecasts[2] = base;
      forecasts[3] = state[LAST] + base - state[PREVIOUS_BASE];
      forecasts[MODEL] = model ?? NaN;
      if (model !== null && state[MODELLED] === 0) {
        // A new model starts with the error of the worst other forecast.
        errors[MODEL] = Math.max(errors[0], errors[1], errors[2], errors[3]);
        state[MODELLED] = 1;
      }
      return blend(forecasts, errors, FORECAST_POWER);
    },
    base: () => state[BASE],
    learn(value, rowsPerDay) {
      const rows = state[ROWS];
      if (rows === 0) state.fill(value, LAST, BASE + 1);
      if (rows > 0) {
        track(baseErrors, bases, { value, rate: rateOf(rows, BASE_ERROR_DAYS * rowsPerDay) });
        track(errors, forecasts, { value, rate: rateOf(rows, FORECAST_ERROR_DAYS * rowsPerDay) });
      }
      const deviation = believed(value - state[SLOW], BELIEVED_ERRORS * baseErrors[0]);
      day.learn(state[AT], deviation, (DAY_PROFILE_CYCLES * rowsPerDay) / DAY_SLOTS + 1);
      week.learn(state[AT], deviation, (WEEK_PROFILE_CYCLES * rowsPerDay) / 24 + 1);
      state[PREVIOUS_BASE] = state[BASE];
      const slowRows = Math.min(rows + 1, Math.max(SLOW_LEAST_ROWS, SLOW_DAYS * rowsPerDay));
      state[SLOW] += deviation / slowRows;
      state[FAST] += (value - state[FAST]) / FAST_ROWS;
      state[LAST] = value;
      state[ROWS]++;
    },
    pass() {
      const change = state[BASE] - state[PREVIOUS_BASE];
      state[LAST] += change;
      state[FAST] += change;
      state[PREVIOUS_BASE] = state[BASE];
    },
  };
}

interface Profile {
  /** Mean deviation in the slot; 0 if the slot has no value yet. */
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
    offset: (at) => offsets[slotOf(at)],
    learn(at, deviation, rememberedRows) {
      const slot = slotOf(at);
      const count = Math.min(counts[slot] + 1, LARGEST_COUNT);
      counts[slot] = count;
      offsets[slot] += (deviation - offsets[slot]) / Math.min(count, rememberedRows);
    },
  };
}

/** Weight of a new value in a mean over the last `memoryRows` rows. */
function rateOf(rows: number, memoryRows: number): number {
  return 1 / Math.max(1, Math.min(rows + 1, memoryRows));
}

/**
 * Limits a deviation to `most`, so that an anomaly does not become part of the season at once,
 * while a lasting new level is learned in several steps.
 */
function believed(deviation: number, most: number): number {
  return most > 0 ? Math.max(-most, Math.min(most, deviation)) : deviation;
}

/** Mean of the finite values, each with the weight (mean absolute error)^−power. */
function blend(values: Float64Array, errors: Float64Array, power: number): number {
  // Errors are relative to the smallest one, because powers of raw errors overflow for bytes and
  // underflow for shares.
  let smallest = Infinity;
  for (let k = 0; k < values.length; k++) {
    if (errors[k] < smallest && Number.isFinite(values[k])) smallest = errors[k];
  }
  let [sum, weights] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) continue;
    const ratio = (smallest + TINY) / (errors[k] + TINY);
    const weight = power === 4 ? ratio * ratio * ratio * ratio : ratio ** power;
    sum += weight * values[k];
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
    const error = Math.abs(value - forecasts[k]);
    if (Number.isFinite(error)) errors[k] += (error - errors[k]) * rate;
  }
}
