import { dailySamples } from './daily-samples.ts';
import { createFilledSteps, noteFilled, type FilledSteps } from './filled-steps.ts';
import { emptySituations, findSimilarSituations } from './similar-situations.ts';
import type { SimilarUse } from './similar-use.ts';
import { createUsageSeries, keepSituations, noteLevel, numbers, scaleOf } from './situation.ts';

/**
 * Use of one resource of one application, step by step, that can be searched for situations similar
 * to the present one.
 */
export interface UsageMemory {
  /**
   * Adds the use of the next step. NaN (not measured) is replaced by the use before it.
   * @throws RangeError if the memory is full.
   */
  push(value: number): void;
  /**
   * Use that followed similar situations, for the next `warmUpHorizon` steps; at most the horizon
   * that the memory was created for.
   */
  similarUse(warmUpHorizon: number): SimilarUse;
  /** Use so many steps ago, 1 for the newest; null where it is not remembered. */
  useAgo(stepsAgo: number): number | null;
}

export interface UsageMemoryOptions {
  /** Capacity of one instance. Differences far below it do not distinguish two situations. */
  readonly unit: number;
  readonly stepsPerDay: number;
  /**
   * Number of steps that a decision must cover. Situations are described for this many steps ahead.
   */
  readonly warmUpHorizon: number;
  /** Largest number of steps that will be added. */
  readonly capacity: number;
}

/**
 * Creates an empty memory. The object has no getters, because V8 gives each object with a getter a
 * hidden class of its own, which keeps the object alive until a full garbage collection.
 */
export function createUsageMemory(options: UsageMemoryOptions): UsageMemory {
  const { capacity, stepsPerDay, warmUpHorizon, unit } = options;
  const values = numbers(capacity);
  const series = createUsageSeries(capacity, { stepsPerDay, warmUpHorizon });
  const similarSituations = emptySituations(series);
  let steps = 0;
  let wasSearched = false;
  let filled: FilledSteps | null = null;
  return {
    push(value) {
      if (steps >= capacity) throw new RangeError(`a memory of ${capacity} steps is full`);
      const filledValue = Number.isNaN(value) ? (steps === 0 ? 0 : values[steps - 1]) : value;
      values[steps] = filledValue;
      noteLevel(series, steps, scaleOf(filledValue / unit));
      steps++;
    },
    similarUse(stepsAhead) {
      // Keeping and grouping pay from the second search on: a decision searches once, a replay in
      // every step.
      if (wasSearched) keepSituations(series);
      findSimilarSituations(series, { now: steps, warmUpHorizon: stepsAhead }, similarSituations);
      const { weights, count, total } = similarSituations;
      if (wasSearched) {
        filled ??= createFilledSteps(unit, capacity);
        for (let k = Math.max(filled.next, steps - count + 1); k < steps; k++) {
          noteFilled(filled, k, values[k]);
        }
      }
      wasSearched = true;
      const remembered = { values, steps, stepsPerDay };
      return {
        situations: total > 0 ? { values, newest: steps, weights, count, total, filled } : null,
        daily: Array.from({ length: stepsAhead }, (_, ahead) => dailySamples(remembered, ahead)),
      };
    },
    useAgo: (stepsAgo) => (stepsAgo >= 1 && stepsAgo <= steps ? values[steps - stepsAgo] : null),
  };
}
