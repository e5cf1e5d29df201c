const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Seasons count from their second cycle on. */
const CYCLES = 2;
/** Time constants in days, except the fast level's, in rows. */
const SLOW_DAYS = 0.3;
const SLOW_LEAST_ROWS = 50;
const FAST_ROWS = 6;
const BASE_ERROR_DAYS = 3;
const FORECAST_ERROR_DAYS = 1;
/** Cycles that a profile remembers. */
const DAY_PROFILE_CYCLES = 7;
const WEEK_PROFILE_CYCLES = 3;
const TINY = 1e-12;

/** One-step forecast of a stream, in bounded memory. */
export interface BlendedForecast {
  /** Forecast of the value at an instant (Unix seconds), from what was learnt so far. */
  predict(atSeconds: number): number;
  /** Learns the value at the instant of the last `predict`. */
  learn(value: number, rowsPerDay: number): void;
}

interface Profile {
  offset(atSeconds: number): number | null;
  learn(atSeconds: number, deviation: number, rowsPerHour: number): void;
}

/** Mean deviation from the slow level per hour of a cycle. */
function hourlyProfile(cycleSeconds: number, cycles: number): Profile {
  const offsets = new Float64Array(cycleSeconds / HOUR);
  const counts = new Float64Array(offsets.length);
  const hourOf = (at: number): number =>
    Math.floor((((at % cycleSeconds) + cycleSeconds) % cycleSeconds) / HOUR);
  return {
    offset: (at) => (counts[hourOf(at)] === 0 ? null : offsets[hourOf(at)]!),
    learn(at, deviation, rowsPerHour) {
      const hour = hourOf(at);
      counts[hour]! += 1;
      const memory = Math.min(counts[hour]!, cycles * rowsPerHour + 1);
      offsets[hour]! += (deviation - offsets[hour]!) / memory;
    },
  };
}

/**
 * Blend of cheap forecasters: the last value, a fast level, a base (slow level with the time of day and of week where
 * they help), and the last value carried along the base. Each weighs by the inverse power of its recent mean absolute
 * error, so that a season counts exactly as much as it explains.
 */
export function createBlendedForecast(firstSeconds: number, first: number): BlendedForecast {
  const day = hourlyProfile(DAY, DAY_PROFILE_CYCLES);
  const week = hourlyProfile(WEEK, WEEK_PROFILE_CYCLES);
  const baseErrors = new Float64Array(3);
  const errors = new Float64Array(4);
  let [rows, last, fast, slow, previousBase] = [0, first, first, first, first];
  let [at, base] = [firstSeconds, first];
  let bases: readonly number[] = [];
  let forecasts: readonly number[] = [];

  const seasonal = (profile: Profile, cycle: number): number =>
    at - firstSeconds > CYCLES * cycle ? (profile.offset(at) ?? 0) : 0;

  return {
    predict(atSeconds) {
      at = atSeconds;
      bases = [slow, slow + seasonal(day, DAY), slow + seasonal(week, WEEK)];
      base = blend(bases, baseErrors, 4);
      forecasts = [last, fast, base, last + base - previousBase];
      return blend(forecasts, errors, 2);
    },
    learn(value, rowsPerDay) {
      const rate = (days: number): number => 1 / Math.min(rows + 1, days * rowsPerDay);
      track(baseErrors, bases, { value, rate: rate(BASE_ERROR_DAYS) });
      track(errors, forecasts, { value, rate: rate(FORECAST_ERROR_DAYS) });
      day.learn(at, value - slow, rowsPerDay / 24);
      week.learn(at, value - slow, rowsPerDay / 24);
      previousBase = base;
      slow +=
        (value - slow) / Math.min(rows + 1, Math.max(SLOW_LEAST_ROWS, SLOW_DAYS * rowsPerDay));
      fast += (value - fast) / FAST_ROWS;
      last = value;
      rows++;
    },
  };
}

/** Mean of the values, each with the weight (mean absolute error)^−power. */
function blend(values: readonly number[], errors: Float64Array, power: number): number {
  // Errors relative to the smallest: powers of raw values overflow for bytes and vanish for shares.
  const smallest = errors.reduce((least, error) => Math.min(least, error), Infinity);
  let [sum, weights] = [0, 0];
  values.forEach((value, k) => {
    const weight = ((smallest + TINY) / (errors[k]! + TINY)) ** power;
    sum += weight * value;
    weights += weight;
  });
  return sum / weights;
}

function track(
  errors: Float64Array,
  forecasts: readonly number[],
  { value, rate }: { readonly value: number; readonly rate: number },
): void {
  forecasts.forEach((forecast, k) => {
    errors[k]! += (Math.abs(value - forecast) - errors[k]!) * Math.min(1, rate);
  });
}
