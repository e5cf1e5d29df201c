import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { PROFILE_COUNT, TOKEN_FEATURES } from './lstm-dimensions.ts';
import { tokenGroups } from './token-groups.ts';

/** What the network reads of one history, in units of the history's scale. */
export interface LstmWindow {
  /** Row-major [tokens × features]. */
  readonly tokens: Float64Array;
  /** Row-major [profiles × steps]. */
  readonly profiles: Float64Array;
  /** Mean absolute value of the history. */
  scale: number;
}

/** Reads the history that ends before values[end] into the window. */
export type WindowReader = (values: Float64Array, end: number, window: LstmWindow) => void;

/** Number of tokens of a shape. */
export const tokenCount = (shape: ForecastShape): number =>
  tokenGroups(shape).reduce((sum, { count }) => sum + count, 0);

export function emptyWindow(shape: ForecastShape, steps: number): LstmWindow {
  return {
    tokens: new Float64Array(tokenCount(shape) * TOKEN_FEATURES),
    profiles: new Float64Array(PROFILE_COUNT * steps),
    scale: 1,
  };
}

/**
 * The same numbers as `windowTokens` and `seasonalProfiles`, written out for one history.
 * @param steps steps ahead, counted from 1.
 */
export function windowReader(shape: ForecastShape, steps: readonly number[]): WindowReader {
  const { context } = shape;
  const groups = tokenGroups(shape);
  const read = groups.reduce((sum, { width, count }) => sum + width * count, 0);
  const [day, week] = seasonSteps(shape).filter((length) => length <= context);
  const days = day === undefined ? 0 : Math.floor(context / day);
  return (values, end, window) => {
    const { tokens, profiles } = window;
    let sum = 0;
    for (let k = end - context; k < end; k++) sum += Math.abs(values[k]);
    const scale = sum / context + LEAST_SCALE;
    window.scale = scale;
    let at = end - read;
    let token = 0;
    for (const { width, count } of groups) {
      for (let k = 0; k < count; k++) {
        // Declared one by one because destructuring an array would allocate them on the heap.
        let total = 0;
        let squares = 0;
        for (const last = at + width; at < last; at++) {
          const value = values[at] / scale;
          total += value;
          squares += value * value;
        }
        tokens[token++] = logarithm(total / width);
        tokens[token++] = logarithm(Math.sqrt(squares / width));
      }
    }
    for (let s = 0; s < steps.length; s++) {
      const ahead = steps[s] - 1;
      profiles[s] = day === undefined ? 0 : positive(values[end - day + (ahead % day)]) / scale;
      profiles[steps.length + s] =
        week === undefined ? 0 : positive(values[end - week + (ahead % week)]) / scale;
      let mean = 0;
      for (let k = 1; k <= days; k++) mean += values[end - k * day + (ahead % day)];
      profiles[2 * steps.length + s] = days === 0 ? 0 : positive(mean) / days / scale;
    }
  };
}

/** Keeps an idle window from dividing by zero, as in the network. */
const LEAST_SCALE = 1e-9;

const positive = (value: number): number => (value > 0 ? value : 0);

const logarithm = (value: number): number => Math.log(Math.abs(value) + 0.05);
