import { autocorrelations } from './autocorrelation.ts';
import { leastStrength, LEAST_CYCLES, seasonStrength } from './season-strength.ts';
import { spectralShare } from './spectral-share.ts';

/** What lies further back costs time and says little more. */
const MOST_VALUES = 4096;

/** Cycles that differ by so much in strength are as good: the shorter one is the season. */
const AS_GOOD = 0.95;

/** Shortest season: every second value may differ by chance. */
const SHORTEST = 3;

/**
 * The length of the season that a series shows, in steps. Candidates are the lags at which the
 * autocorrelation has a peak that chance does not explain, and whose frequency has more of the
 * variance than chance would give it (Vlachos, Yu and Castelli, SDM 2005, use both likewise). The
 * shortest of those whose cycles foretell each other about best is the season.
 * @param values without gaps.
 * @returns null where there is none, as in noise and in a random walk.
 */
export function findSeason(values: Float64Array): number | null {
  const rest = withoutTrend(values.subarray(Math.max(0, values.length - MOST_VALUES)));
  const steps = rest.length;
  const correlations = autocorrelations(rest, Math.floor(steps / LEAST_CYCLES) + 1);
  const found = highestPeaks(correlations, 2 / Math.sqrt(steps))
    .map((lag) => strongestNear(rest, lag))
    .filter(({ period, strength }) => strength >= leastStrength(steps, period))
    .filter(({ period }) => spectralShare(rest, period) >= chanceShare(steps))
    .toSorted((one, other) => one.period - other.period);
  const best = Math.max(...found.map(({ strength }) => strength));
  const shortest = found.find(({ strength }) => strength >= AS_GOOD * best - 1 / Math.sqrt(steps));
  return shortest?.period ?? null;
}

/** Lags looked at; the multiples of a season have nearly as high a peak as itself. */
const MOST_PEAKS = 12;

/** The lags of the highest local maxima above what chance explains. */
function highestPeaks(correlations: Float64Array, chance: number): readonly number[] {
  const peaks: number[] = [];
  for (let lag = SHORTEST; lag < correlations.length - 1; lag++) {
    const [before, here, after] = correlations.subarray(lag - 1, lag + 2);
    if (here >= Math.max(chance, before, after)) peaks.push(lag);
  }
  return peaks
    .toSorted((one, other) => correlations[other] - correlations[one])
    .slice(0, MOST_PEAKS);
}

interface Season {
  readonly period: number;
  readonly strength: number;
}

/** Noise moves the peaks of the autocorrelation by this share of the lag. */
const PEAK_SHARE = 0.08;

/** The strongest season about a lag. */
function strongestNear(values: Float64Array, lag: number): Season {
  const wide = Math.max(1, Math.round(PEAK_SHARE * lag));
  let best = { period: lag, strength: seasonStrength(values, lag) };
  for (let period = Math.max(SHORTEST, lag - wide); period <= lag + wide; period++) {
    const strength = seasonStrength(values, period);
    if (strength > best.strength) best = { period, strength };
  }
  return best;
}

/** The largest share of one frequency of noise, with three harmonics (Fisher, 1929). */
const chanceShare = (steps: number): number => (6 * Math.log(steps)) / steps;

/** The values about their least-squares line. */
export function withoutTrend(values: Float64Array): Float64Array {
  const count = values.length;
  const middle = (count - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let [product, square] = [0, 0];
  for (let k = 0; k < count; k++) {
    product += (k - middle) * (values[k] - mean);
    square += (k - middle) ** 2;
  }
  const slope = square > 0 ? product / square : 0;
  return values.map((value, k) => value - mean - slope * (k - middle));
}
