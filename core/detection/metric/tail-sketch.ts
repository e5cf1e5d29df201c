import type { DetectorMemory } from './detector-memory.ts';

/** A quarter octave per bin from 2^-8 to 2^12 times the unit: 320 bytes. */
const BINS = 80;
const BINS_PER_OCTAVE = 4;
const LOWEST_OCTAVE = -8;
/** Smaller values are not told apart; a tail falls off by the factor e in no less than this. */
export const SMALLEST_UNIT = 2 ** LOWEST_OCTAVE;
/**
 * Beyond this share of the past the tail is extrapolated, from its slope since the shallow share. 0.6 % did better than
 * 2 % by 6 points on the Numenta benchmark.
 */
const DEEP_SHARE = 0.006;
const SHALLOW_SHARE = 0.12;
/** The steepest slope believed: a past without any spread does not make everything else impossible. */
const SMALLEST_SLOPE = 0.05;
/** Weights grow instead of old counts shrinking; this far below single precision's overflow all are external back. */
const LARGEST_WEIGHT = 1e30;
/** The tail's quantiles are looked up anew every so many rows, and in every row at first. */
const REFRESH_ROWS = 8;
const EAGER_ROWS = 400;

/** −log10 of the share of the past beyond which `TailSketch.surprise` extrapolates. */
export const DEEP_SURPRISE = -Math.log10(DEEP_SHARE);

/** How rarely a value as large as this one occurs, learnt from a stream in bounded memory. */
export interface TailSketch {
  /**
   * −log10 of the probability of a value at least as large; 0 before anything was learnt. A surprise below `from` may
   * be given as 0: most values are ordinary, and looking up how ordinary takes time.
   */
  surprise(value: number, from?: number): number;
  /** Value that a share of the past exceeds; 0 before anything was learnt. */
  exceededBy(share: number): number;
  /** @param memory number of values after which this one counts 1/e. */
  learn(value: number, memory: number): void;
}

/** Share of the past beyond which a value counts as rare, and its surprise. */
const RARE_SHARE = 0.04;
const RARE_SURPRISE = -Math.log10(RARE_SHARE);

/** What the tail is known by, rising; tails fall by the factor e so often between the first and the last. */
const SHARES = [DEEP_SHARE, RARE_SHARE, SHALLOW_SHARE] as const;
const FALL = Math.log(SHALLOW_SHARE / DEEP_SHARE);

const [TOTAL, WEIGHT, DEEP, SLOPE, RARE, ROWS] = [0, 1, 2, 3, 4, 5];

/**
 * Histogram of non-negative values on a logarithmic scale that forgets exponentially. In the deep tail, where the past
 * holds next to nothing, probabilities fall off exponentially: peaks over threshold with an exponential tail, the shape
 * 0 of Siffer et al., Anomaly detection in streams with extreme value theory, KDD 2017.
 * One value beyond all bins is taken as seen beforehand, so that early values are not infinitely strange.
 */
export function createTailSketch(memory: DetectorMemory): TailSketch {
  const counts = memory.floats(BINS);
  const state = memory.doubles(6);
  const tail = new Float64Array(SHARES.length);
  if (state[WEIGHT] === 0) state[WEIGHT] = 1;
  // The memory hardly ever changes, and an exponential per row would be felt.
  let [growthRows, growth] = [0, 1];
  let highest = BINS - 1;
  while (highest >= 0 && !(counts[highest]! > 0)) highest--;

  function exceededBy(share: number): number {
    const weight = state[WEIGHT]!;
    const target = share * (state[TOTAL]! + weight);
    if (state[TOTAL] === 0) return 0;
    if (weight > target) return edge(BINS);
    let above = weight;
    for (let bin = highest; bin >= 0; bin--) {
      const count = counts[bin]!;
      if (above + count > target) return edge(bin + 1 - clamp((target - above) / count, 0, 1));
      above += count;
    }
    return 0;
  }

  /** The three quantiles of the tail in one pass from above, the same as `exceededBy` of each share. */
  function refreshTail(): void {
    const weight = state[WEIGHT]!;
    const all = state[TOTAL]! + weight;
    let [share, above] = [0, weight];
    while (share < SHARES.length && weight > SHARES[share]! * all) tail[share++] = edge(BINS);
    for (let bin = highest; bin >= 0 && share < SHARES.length; bin--) {
      const count = counts[bin]!;
      while (share < SHARES.length && above + count > SHARES[share]! * all) {
        const within = clamp((SHARES[share]! * all - above) / count, 0, 1);
        tail[share++] = edge(bin + 1 - within);
      }
      above += count;
    }
    while (share < SHARES.length) tail[share++] = 0;
    const [deep, rare, shallow] = [tail[0]!, tail[1]!, tail[2]!];
    state[DEEP] = deep;
    state[RARE] = rare;
    state[SLOPE] = Math.max((deep - shallow) / FALL, SMALLEST_SLOPE * deep, SMALLEST_UNIT);
  }

  function shareAbove(value: number): number {
    const own = binOf(value);
    let above = state[WEIGHT]! + counts[own]! / 2;
    for (let bin = highest; bin > own; bin--) above += counts[bin]!;
    return above / (state[TOTAL]! + state[WEIGHT]!);
  }

  return {
    exceededBy,
    surprise(value, from = 0) {
      if (state[TOTAL] === 0) return 0;
      const rows = state[ROWS]!;
      if (rows < EAGER_ROWS || rows % REFRESH_ROWS === 0) refreshTail();
      const deep = state[DEEP]!;
      if (value <= deep && from >= DEEP_SURPRISE) return 0;
      if (value <= state[RARE]! && from >= RARE_SURPRISE) return 0;
      if (value <= deep) return -Math.log10(clamp(shareAbove(value), DEEP_SHARE, 1));
      return DEEP_SURPRISE + (value - deep) / state[SLOPE]! / Math.LN10;
    },
    learn(value, rows) {
      const weight = state[WEIGHT]!;
      const bin = binOf(value);
      counts[bin]! += weight;
      if (bin > highest) highest = bin;
      state[TOTAL]! += weight;
      if (rows !== growthRows) [growthRows, growth] = [rows, Math.exp(1 / rows)];
      state[WEIGHT] = weight * growth;
      state[ROWS]!++;
      if (weight < LARGEST_WEIGHT) return;
      for (let each = 0; each < BINS; each++) counts[each]! /= weight;
      state[TOTAL]! /= weight;
      state[WEIGHT]! /= weight;
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
