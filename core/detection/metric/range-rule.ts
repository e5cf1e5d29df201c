import type { DetectorMemory } from './detector-memory.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { isGross } from './is-gross.ts';

export interface RangeRule {
  /** Largest absolute value so far. */
  largest(): number;
  /**
   * The value, limited to a range ten times as wide as all values so far. Without the limit, one
   * absurd value would hide anomalies for weeks.
   */
  bounded(value: number): number;
  /** True if a value is grossly outside the range of all values so far. */
  isGross(value: number): boolean;
  /** Scores how far a value is outside the range of all values before it, then learns it. */
  step(value: number): number;
}

/** Largest distance outside the range that is learned, in ranges. */
const BELIEVED_RANGES = 10;

const [STARTED, LOW, HIGH] = [0, 1, 2];

/**
 * Scores new all-time extremes. The rule is a strong detector alone; here it is one of several
 * views.
 */
export function createRangeRule(memory: DetectorMemory): RangeRule {
  const state = memory.doubles(3);
  const largest = (): number => Math.max(Math.abs(state[LOW]), Math.abs(state[HIGH]));
  return {
    largest,
    isGross: (value) => isGross(value, { low: state[LOW], high: state[HIGH] }),
    bounded(value) {
      const [low, high] = [state[LOW], state[HIGH]];
      const most = BELIEVED_RANGES * (high - low);
      return most > 0 ? Math.max(low - most, Math.min(high + most, value)) : value;
    },
    step(value) {
      if (state[STARTED] === 0) {
        state.set([1, value, value]);
        return 0;
      }
      const [low, high] = [state[LOW], state[HIGH]];
      if (value >= low && value <= high) return 0;
      const floor = Math.max(P.smallestRelativeScale * largest(), Number.MIN_VALUE);
      const beyond = Math.max(value - high, low - value) / Math.max(high - low, floor);
      state[LOW] = Math.min(low, value);
      state[HIGH] = Math.max(high, value);
      return Math.min(P.largestRange, 1 + Math.log2(1 + beyond / P.rangeUnit));
    },
  };
}
