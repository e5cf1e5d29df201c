/** A quarter octave per bin from 2^-12 to 2^20 times the unit: a kilobyte. */
const BINS = 128;
const BINS_PER_OCTAVE = 4;
const LOWEST_OCTAVE = -12;
/**
 * Beyond this share of the past the tail is extrapolated, from its slope since the shallow share. 0.6 % did better than
 * 2 % by 6 points on the Numenta benchmark.
 */
const DEEP_SHARE = 0.006;
const SHALLOW_SHARE = 0.05;
/** The steepest slope believed: a past without any spread does not make everything else impossible. */
const SMALLEST_SLOPE = 0.05;
/** Weights grow instead of old counts shrinking; this far below overflow all are brought back. */
const LARGEST_WEIGHT = 1e100;

/** −log10 of the share of the past beyond which `TailSketch.surprise` extrapolates. */
export const DEEP_SURPRISE = -Math.log10(DEEP_SHARE);

/** How rarely a value as large as this one occurs, learnt from a stream in bounded memory. */
export interface TailSketch {
  /** −log10 of the probability of a value at least as large; 0 before anything was learnt. */
  surprise(value: number): number;
  /** Value that a share of the past exceeds; 0 before anything was learnt. */
  exceededBy(share: number): number;
  /** @param memory number of values after which this one counts 1/e. */
  learn(value: number, memory: number): void;
}

/**
 * Histogram of non-negative values on a logarithmic scale that forgets exponentially. In the deep tail, where the past
 * holds next to nothing, probabilities fall off exponentially: peaks over threshold with an exponential tail, the shape
 * 0 of Siffer et al., Anomaly detection in streams with extreme value theory, KDD 2017.
 * One value beyond all bins is taken as seen beforehand, so that early values are not infinitely strange.
 */
export function createTailSketch(): TailSketch {
  const counts = new Float64Array(BINS);
  let total = 0;
  let weight = 1;

  function exceededBy(share: number): number {
    const target = share * (total + weight);
    let above = weight;
    for (let bin = BINS - 1; bin >= 0 && total > 0; bin--) {
      const next = above + counts[bin]!;
      if (next > target) return edge(bin + 1 - clamp((target - above) / counts[bin]!, 0, 1));
      above = next;
    }
    return 0;
  }

  function shareAbove(value: number): number {
    const own = binOf(value);
    let above = weight + counts[own]! / 2;
    for (let bin = BINS - 1; bin > own; bin--) above += counts[bin]!;
    return above / (total + weight);
  }

  return {
    exceededBy,
    surprise(value) {
      if (total === 0) return 0;
      const deep = exceededBy(DEEP_SHARE);
      if (value <= deep) return -Math.log10(clamp(shareAbove(value), DEEP_SHARE, 1));
      const fall = (deep - exceededBy(SHALLOW_SHARE)) / Math.log(SHALLOW_SHARE / DEEP_SHARE);
      const slope = Math.max(fall, SMALLEST_SLOPE * deep, edge(0));
      return DEEP_SURPRISE + (value - deep) / slope / Math.LN10;
    },
    learn(value, memory) {
      counts[binOf(value)]! += weight;
      total += weight;
      weight *= Math.exp(1 / memory);
      if (weight < LARGEST_WEIGHT) return;
      for (let bin = 0; bin < BINS; bin++) counts[bin]! /= weight;
      total /= weight;
      weight = 1;
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
