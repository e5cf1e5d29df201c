import type { DetectorMemory } from './detector-memory.ts';

/** A quarter octave per bin, from 2^-6 to 2^10 times the unit: 256 bytes. */
const BINS = 64;
const BINS_PER_OCTAVE = 4;
const LOWEST_OCTAVE = -6;
/** Smaller values share one bin. The tail falls by the factor e in at least this distance. */
export const SMALLEST_UNIT = 2 ** LOWEST_OCTAVE;
/**
 * Beyond the deep share of the past the tail is extrapolated, with its slope since the shallow
 * share. docs/research/detection.md compares values of the deep share.
 */
const DEEP_SHARE = 0.006;
const SHALLOW_SHARE = 0.12;
/**
 * Smallest slope of the tail, so that a past without variation does not make all other values
 * impossible.
 */
const SMALLEST_SLOPE = 0.05;
/**
 * Weights of new values grow instead of old counts shrinking. At this weight, far below the
 * overflow of single precision, all counts are scaled back.
 */
const LARGEST_WEIGHT = 1e30;
/** The tail's quantiles are computed in every row at first, later in every eighth row. */
const REFRESH_ROWS = 8;
const EAGER_ROWS = 400;

/** −log10 of the share of the past beyond which `TailSketch.surprise` extrapolates. */
export const DEEP_SURPRISE = -Math.log10(DEEP_SHARE);

/** Probability of values as large as a given one, learned from a stream in bounded memory. */
export interface TailSketch {
  /**
   * −log10 of the probability of a value at least as large; 0 before anything was learned. The
   * result may be 0 for a surprise below `from`, because most values are ordinary and computing how
   * ordinary takes time.
   */
  surprise(value: number, from?: number): number;
  /** Value that a share of the past exceeds; 0 before anything was learned. */
  exceededBy(share: number): number;
  /** @param memory number of values after which this value counts 1/e. */
  learn(value: number, memory: number): void;
}

/** Share of the past beyond which a value counts as rare, and its surprise. */
const RARE_SHARE = 0.04;
const RARE_SURPRISE = -Math.log10(RARE_SHARE);

/**
 * Shares whose quantiles describe the tail, ascending. Between the first and the last of them the
 * tail falls by the factor e FALL times.
 */
const SHARES = [DEEP_SHARE, RARE_SHARE, SHALLOW_SHARE] as const;
const FALL = Math.log(SHALLOW_SHARE / DEEP_SHARE);

const [TOTAL, WEIGHT] = [0, 1];
const [DEEP, SLOPE, RARE, ROWS] = [0, 1, 2, 3];

/**
 * Histogram of non-negative values on a logarithmic scale, with exponential forgetting.
 * Probabilities in the deep tail, which holds hardly any past values, fall exponentially: peaks
 * over threshold with an exponential tail, that is shape 0 of Siffer et al., Anomaly detection in
 * streams with extreme value theory, KDD 2017.
 * The histogram starts with one value beyond all bins, so that early values are not infinitely
 * improbable.
 */
export function createTailSketch(memory: DetectorMemory): TailSketch {
  const counts = memory.floats(BINS);
  const state = memory.doubles(2);
  const quantiles = memory.floats(4);
  const tail = new Float64Array(SHARES.length);
  if (state[WEIGHT] === 0) state[WEIGHT] = 1;
  // The memory rarely changes, so the exponential is not computed in every row.
  let [growthRows, growth] = [0, 1];
  let highest = BINS - 1;
  while (highest >= 0 && !(counts[highest] > 0)) highest--;

  function exceededBy(share: number): number {
    const weight = state[WEIGHT];
    const target = share * (state[TOTAL] + weight);
    if (state[TOTAL] === 0) return 0;
    if (weight > target) return edge(BINS);
    let above = weight;
    for (let bin = highest; bin >= 0; bin--) {
      const count = counts[bin];
      if (above + count > target) return edge(bin + 1 - clamp((target - above) / count, 0, 1));
      above += count;
    }
    return 0;
  }

  /**
   * The three quantiles of the tail in one pass from above. They equal `exceededBy` of each share.
   */
  function refreshTail(): void {
    const weight = state[WEIGHT];
    const all = state[TOTAL] + weight;
    let [share, above] = [0, weight];
    while (share < SHARES.length && weight > SHARES[share] * all) tail[share++] = edge(BINS);
    for (let bin = highest; bin >= 0 && share < SHARES.length; bin--) {
      const count = counts[bin];
      while (share < SHARES.length && above + count > SHARES[share] * all) {
        const within = clamp((SHARES[share] * all - above) / count, 0, 1);
        tail[share++] = edge(bin + 1 - within);
      }
      above += count;
    }
    while (share < SHARES.length) tail[share++] = 0;
    const [deep, rare, shallow] = [tail[0], tail[1], tail[2]];
    quantiles[DEEP] = deep;
    quantiles[RARE] = rare;
    quantiles[SLOPE] = Math.max((deep - shallow) / FALL, SMALLEST_SLOPE * deep, SMALLEST_UNIT);
  }

  function shareAbove(value: number): number {
    const own = binOf(value);
    let above = state[WEIGHT] + counts[own] / 2;
    for (let bin = highest; bin > own; bin--) above += counts[bin];
    return above / (state[TOTAL] + state[WEIGHT]);
  }

  return {
    exceededBy,
    surprise(value, from = 0) {
      if (state[TOTAL] === 0) return 0;
      const rows = quantiles[ROWS];
      if (rows < EAGER_ROWS || rows % REFRESH_ROWS === 0) refreshTail();
      const deep = quantiles[DEEP];
      if (value <= deep && from >= DEEP_SURPRISE) return 0;
      if (value <= quantiles[RARE] && from >= RARE_SURPRISE) return 0;
      if (value <= deep) return -Math.log10(clamp(shareAbove(value), DEEP_SHARE, 1));
      return DEEP_SURPRISE + (value - deep) / quantiles[SLOPE] / Math.LN10;
    },
    learn(value, rows) {
      const weight = state[WEIGHT];
      const bin = binOf(value);
      counts[bin] += weight;
      if (bin > highest) highest = bin;
      state[TOTAL] += weight;
      if (rows !== growthRows) [growthRows, growth] = [rows, Math.exp(1 / rows)];
      state[WEIGHT] = weight * growth;
      quantiles[ROWS]++;
      if (weight < LARGEST_WEIGHT) return;
      for (let each = 0; each < BINS; each++) counts[each] /= weight;
      state[TOTAL] /= weight;
      state[WEIGHT] /= weight;
    },
  };
}

function binOf(value: number): number {
  if (value <= SMALLEST_UNIT) return 0;
  const bin = Math.floor((Math.log2(value) - LOWEST_OCTAVE) * BINS_PER_OCTAVE);
  return Math.min(bin, BINS - 1);
}

const edge = (bin: number): number => 2 ** (LOWEST_OCTAVE + bin / BINS_PER_OCTAVE);

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
