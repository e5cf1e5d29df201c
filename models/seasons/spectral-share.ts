/** Harmonics of a season: more would find any series in some season. */
const HARMONICS = 3;

/**
 * Share of a series' variance in the frequency of a season and its first two harmonics (the
 * periodogram of Schuster, 1898).
 * @param values without gaps, mean 0.
 * @param period steps.
 */
export function spectralShare(values: Float64Array, period: number): number {
  // Whole cycles only: of others, what is not a season leaks into it.
  const count = Math.floor(values.length / period) * period;
  const from = values.length - count;
  let total = 0;
  for (let k = from; k < values.length; k++) total += values[k] ** 2;
  let power = 0;
  for (let harmonic = 1; harmonic <= Math.min(HARMONICS, period >> 1); harmonic++) {
    const turn = (2 * Math.PI * harmonic) / period;
    let [real, imaginary] = [0, 0];
    for (let k = 0; k < count; k++) {
      real += values[from + k] * Math.cos(turn * k);
      imaginary += values[from + k] * Math.sin(turn * k);
    }
    const sides = 2 * harmonic === period ? 1 : 2;
    power += (sides * (real * real + imaginary * imaginary)) / count;
  }
  return total > 0 ? power / total : 0;
}
