/** A central interval of a forecast: positions of its two levels. */
export interface NestedInterval {
  readonly lower: number;
  readonly upper: number;
  /** Share of outcomes that should lie inside. */
  readonly coverage: number;
}

/** Three intervals are told apart at a glance; these are the 98, 80 and 40 % ones. */
const WANTED_LOWER_LEVELS = [0.01, 0.1, 0.3];
const SAME_LEVEL = 1e-6;

/** Up to three central intervals among the levels, widest first. */
export function nestedIntervals(levels: readonly number[]): readonly NestedInterval[] {
  const pairs = levels.flatMap((level, lower) => {
    const upper = levels.findIndex((other) => Math.abs(other - (1 - level)) < SAME_LEVEL);
    return level < 0.5 && upper > lower ? [{ lower, upper, coverage: 1 - 2 * level }] : [];
  });
  const distance = (pair: NestedInterval, wanted: number) => Math.abs(levels[pair.lower]! - wanted);
  const nearest = WANTED_LOWER_LEVELS.map(
    (wanted) => [...pairs].sort((a, b) => distance(a, wanted) - distance(b, wanted))[0],
  );
  return pairs.filter((pair) => nearest.includes(pair)).sort((a, b) => b.coverage - a.coverage);
}
