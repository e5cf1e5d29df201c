import { numbers } from './situation.ts';

/**
 * Steps by the whole instances that their use filled. Sums over steps that fill the same instance need no memory in between,
 * which halves the time of a replay's sums over two weeks.
 */
export interface FilledSteps {
  /** What one instance holds. */
  readonly unit: number;
  /** Entry n has the steps that filled n instances and a part of one more, oldest first. */
  readonly byWhole: readonly number[][];
  /** Of every step the part of one more. */
  readonly begun: number[];
  /** The newest step that filled more than `byWhole` has entries; −1 where none did. */
  newestBeyond: number;
  /** The step that is to be noted next; those before it are noted as far back as anybody reads. */
  next: number;
}

/** Who fills more is not sorted; hardly any group has so many instances. */
const MOST_WHOLE = 64;

/** @param capacity most steps that will be noted. */
export function createFilledSteps(unit: number, capacity: number): FilledSteps {
  return {
    unit,
    byWhole: Array.from({ length: MOST_WHOLE }, () => []),
    begun: numbers(capacity),
    newestBeyond: -1,
    next: 0,
  };
}

/** Steps are noted in order. */
export function noteFilled(steps: FilledSteps, step: number, use: number): void {
  // As `addSampledUse` computes it, so that both ways give the same bits.
  const filled = use * (1 / steps.unit);
  const whole = Math.floor(filled);
  steps.begun[step] = filled - whole;
  const list = steps.byWhole[whole];
  if (list === undefined) steps.newestBeyond = step;
  else list.push(step);
  steps.next = step + 1;
}
