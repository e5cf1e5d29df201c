import { numbers } from './situation.ts';

/**
 * Steps grouped by the number of whole instances that their use filled. Sums over steps of one
 * group stay in registers, which makes the sums of a replay faster.
 */
export interface FilledSteps {
  /** Capacity of one instance. */
  readonly unit: number;
  /** Entry n has the steps that filled n instances and a part of the next one, oldest first. */
  readonly byWhole: readonly number[][];
  /** Per step, the filled part of the next instance. */
  readonly begun: number[];
  /** The newest step that filled more instances than `byWhole` has entries; −1 if there is none. */
  newestBeyond: number;
  /** The next step to add. Steps before it were added, as far back as they are read. */
  next: number;
}

/** Steps that fill more instances are not grouped; few applications have that many. */
const MOST_WHOLE = 64;

/** @param capacity largest number of steps. */
export function createFilledSteps(unit: number, capacity: number): FilledSteps {
  return {
    unit,
    byWhole: Array.from({ length: MOST_WHOLE }, () => []),
    begun: numbers(capacity),
    newestBeyond: -1,
    next: 0,
  };
}

/** Adds a step. Steps must be added in order. */
export function noteFilled(steps: FilledSteps, step: number, use: number): void {
  // The same operation as in `addSampledUse`, so that both give the same bits.
  const filled = use * (1 / steps.unit);
  const whole = Math.floor(filled);
  steps.begun[step] = filled - whole;
  const list = steps.byWhole[whole];
  if (list === undefined) steps.newestBeyond = step;
  else list.push(step);
  steps.next = step + 1;
}
