/**
 * Additive seasonal states of one season by phase: the number of the step since the epoch modulo
 * the length.
 */
export type SeasonTable = Float64Array;

export interface SeasonalStates {
  /** One per season, after the last value. */
  readonly tables: readonly SeasonTable[];
  /**
   * For each season what its state said of every value before that value was seen (0 in the first
   * cycle): a forecast made one cycle ahead.
   */
  readonly priors: readonly Float64Array[];
}

export interface SeasonalSeries {
  /** Gapless. */
  readonly values: Float64Array;
  /** Number of the first value's step since the epoch. */
  readonly firstStep: number;
  /** Season lengths in steps, shortest first. */
  readonly lengths: readonly number[];
}

/**
 * Cycles over which a seasonal state averages once it has seen as many; before, it is the plain
 * mean.
 */
const MEMORY_CYCLES = 10;

/**
 * Seasonal states of double seasonal exponential smoothing (Taylor, Journal of the Operational
 * Research Society 54, 2003) in error-correction form (Hyndman et al., Forecasting with Exponential
 * Smoothing, 2008, chapter 2). A longer season learns what the level and the shorter seasons leave
 * over. The gain in the n-th cycle is 1/n down to 1/10, which spares the choice of initial states.
 */
export function seasonalStates({ values, firstStep, lengths }: SeasonalSeries): SeasonalStates {
  const tables = lengths.map((length) => new Float64Array(length));
  const priors = lengths.map(() => new Float64Array(values.length));
  const shortest = Math.min(lengths[0] ?? 1, values.length);
  // The level halves its memory in one short season: slow enough to leave the season to the states.
  const levelGain = 1 - 0.5 ** (1 / Math.max(2, shortest));
  let level = values.subarray(0, shortest).reduce((sum, value) => sum + value, 0) / shortest;
  for (let t = 0; t < values.length; t++) {
    let error = values[t] - level;
    for (let season = 0; season < tables.length; season++) {
      const table = tables[season];
      const phase = (firstStep + t) % table.length;
      const prior = table[phase];
      priors[season][t] = prior;
      error -= prior;
      const cycle = Math.min(MEMORY_CYCLES, Math.floor(t / table.length) + 1);
      table[phase] = prior + error / cycle;
    }
    level += levelGain * error;
  }
  return { tables, priors };
}

/**
 * Sum of the states, each times its share, as one table as long as the longest season; [0] without
 * seasons. Every length must divide the longest.
 */
export function combineSeasons(
  tables: readonly SeasonTable[],
  shares: readonly number[],
): SeasonTable {
  const combined = new Float64Array(tables.at(-1)?.length ?? 1);
  tables.forEach((table, season) => {
    for (let phase = 0; phase < combined.length; phase++) {
      combined[phase] += shares[season] * table[phase % table.length];
    }
  });
  return combined;
}
