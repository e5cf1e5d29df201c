/** Cycles that a season needs: two may be alike by chance. */
export const LEAST_CYCLES = 3;

/** Share of the cycles that the others have to foretell. */
const FORETOLD_SHARE = 0.8;

/**
 * How much of every cycle the mean of the other cycles foretells: 1 − squared errors ÷ squares,
 * both about the cycle's own mean, over all cycles (leave one out; Stone, Journal of the Royal
 * Statistical Society B 36, 1974). 1 for a pure season, below 0 for noise.
 * @param values without gaps or trend.
 * @param period steps, at least 2.
 * @returns −1 with fewer than three cycles, or where more than a fifth of them is not foretold.
 */
export function seasonStrength(values: Float64Array, period: number): number {
  const cycles = Math.floor(values.length / period);
  if (cycles < LEAST_CYCLES) return -1;
  const from = values.length - cycles * period;
  const centred = values.slice(from);
  const sums = new Float64Array(period);
  for (let first = 0; first < centred.length; first += period) {
    const cycle = centred.subarray(first, first + period);
    const mean = cycle.reduce((sum, value) => sum + value, 0) / period;
    for (let k = 0; k < period; k++) {
      cycle[k] -= mean;
      sums[k] += cycle[k];
    }
  }
  let [errors, squares, foretold] = [0, 0, 0];
  for (let first = 0; first < centred.length; first += period) {
    let [error, square] = [0, 0];
    for (let k = 0; k < period; k++) {
      const value = centred[first + k];
      error += (value - (sums[k] - value) / (cycles - 1)) ** 2;
      square += value ** 2;
    }
    if (error < square) foretold++;
    errors += error;
    squares += square;
  }
  if (squares === 0 || foretold < FORETOLD_SHARE * cycles) return -1;
  return 1 - errors / squares;
}

/** What a season has to foretell at least: more where fewer cycles show it. */
export function leastStrength(steps: number, period: number): number {
  return 0.12 + 0.5 / (Math.floor(steps / period) - 1);
}
