import type { DetectorMemory } from './detector-memory.ts';

/** A quarter octave per bin from 2^-8 to 2^12 times the unit: 320 bytes. */
const BINS = 80;
const BINS_PER_OCTAVE = 4;
const LOWEST_OCTAVE = -8;
/**
 * Beyond this share of the past the tail is extrapolated, from its slope since the shallow share. 0.6 % did better than
 * 2 % by 6 points on the Numenta benchmark.
 */
const DEEP_SHARE = 0.006;
const SHALLOW_SHARE = 0.12;
/** The steepest slope believed: a past without any spread does not make everything else impossible. */
const SMALLEST_SLOPE = 0.05;
/** Weights grow instead of old counts shrinking; this far below single precision's overflow all are brought back. */
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
  if (state[WEIGHT] === 0) state[WEIGHT] = 1;

  function exceededBy(share: number): number {
    const weight = state[WEIGHT]!;
    const target = share * (state[TOTAL]! + weight);
    let above = weight;
    for (let bin = BINS - 1; bin >= 0 && state[TOTAL]! > 0; bin--) {
      const count = counts[bin]!;
      if (above + count > target) return edge(bin + 1 - clamp((target - above) / count, 0, 1));
      above += count;
    }
    return 0;
  }

  function refreshTail(): void {
    const deep = exceededBy(DEEP_SHARE);
    const fall = (deep - exceededBy(SHALLOW_SHARE)) / Math.log(SHALLOW_SHARE / DEEP_SHARE);
    state[DEEP] = deep;
    state[RARE] = exceededBy(RARE_SHARE);
    state[SLOPE] = Math.max(fall, SMALLEST_SLOPE * deep, edge(0));
  }

  function shareAbove(value: number): number {
    const own = binOf(value);
    let above = state[WEIGHT]! + counts[own]! / 2;
    for (let bin = BINS - 1; bin > own; bin--) above += counts[bin]!;
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
      counts[binOf(value)]! += weight;
      state[TOTAL]! += weight;
      state[WEIGHT] = weight * Math.exp(1 / rows);
      state[ROWS]!++;
      if (weight < LARGEST_WEIGHT) return;
      for (let bin = 0; bin < BINS; bin++) counts[bin]! /= weight;
      state[TOTAL]! /= weight;
      state[WEIGHT]! /= weight;
    },
  };
}

function binOf(value: number): number {
  const bin = Math.floor((Math.log2(Math.max(value, 0)) - LOWEST_OCTAVE) * BINS_PER_OCTAVE);
  return clamp(bin, 0, BINS - 1);
}

const edge = (bin: number): number => 2 ** (LOWEST_OCTAVE + bin / BINS_PER_OCTAVE);

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
