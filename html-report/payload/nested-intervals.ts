/** A central interval of a forecast: indices of its two levels. */
export interface NestedInterval {
  readonly lower: number;
  readonly upper: number;
  /** Expected share of values inside the interval. */
  readonly coverage: number;
}

/**
 * Lower levels of the preferred intervals: 98, 80 and 40 %. Three intervals remain distinguishable.
 */
const PREFERRED_LOWER_LEVELS = [0.01, 0.1, 0.3];
const SAME_LEVEL = 1e-6;

/** At most three central intervals among the levels, the widest first. */
export function nestedIntervals(levels: readonly number[]): readonly NestedInterval[] {
  const pairs = levels.flatMap((level, lower) => {
    const upper = levels.findIndex((other) => Math.abs(other - (1 - level)) < SAME_LEVEL);
    return level < 0.5 && upper > lower ? [{ lower, upper, coverage: 1 - 2 * level }] : [];
  });
  const distance = (pair: NestedInterval, level: number) => Math.abs(levels[pair.lower]! - level);
  const nearest = PREFERRED_LOWER_LEVELS.map(
    (level) => [...pairs].sort((a, b) => distance(a, level) - distance(b, level))[0],
  );
  return pairs.filter((pair) => nearest.includes(pair)).sort((a, b) => b.coverage - a.coverage);
}
