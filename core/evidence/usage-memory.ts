import { emptyAnalogues, findAnalogues } from './analogue-samples.ts';
import { dailySamples } from './daily-samples.ts';
import { createFilledSteps, noteFilled, type FilledSteps } from './filled-steps.ts';
import type { SimilarUse } from './similar-use.ts';
import { createUsageSeries, noteLevel, numbers, scaleOf } from './situation.ts';

/** What one resource of one application used, step by step, ready to be asked "when was it like now?". */
export interface UsageMemory {
  /**
   * The use of the next step; NaN where it was not measured, which stands for the use before.
   * @throws RangeError when the memory is full.
   */
  push(value: number): void;
  /** What followed situations like the present one, in up to as many steps to come as the memory was made for. */
  recall(warmUpHorizon: number): SimilarUse;
}

export interface UsageMemoryOptions {
  /** One instance's capacity: differences far below one instance do not tell two situations apart. */
  readonly unit: number;
  readonly stepsPerDay: number;
  /** Steps a decision answers for; situations are remembered for this many steps ahead. */
  readonly warmUpHorizon: number;
  /** Most steps that will be pushed. */
  readonly capacity: number;
}

/**
 * An empty memory. Pushing a step costs a dozen operations, recalling two weeks some 100 µs. No getters: each object with one
 * has a shape of its own, which holds what it made until all of the heap is collected.
 */
export function createUsageMemory(options: UsageMemoryOptions): UsageMemory {
  const { capacity, stepsPerDay, warmUpHorizon, unit } = options;
  const values = numbers(capacity);
  const series = createUsageSeries(capacity, { stepsPerDay, warmUpHorizon });
  const found = emptyAnalogues(series);
  let steps = 0;
  let isAsked = false;
  let filled: FilledSteps | null = null;
  return {
    push(value) {
      if (steps >= capacity) throw new RangeError(`a memory of ${capacity} steps is full`);
      const known = Number.isNaN(value) ? (steps === 0 ? 0 : values[steps - 1]!) : value;
      values[steps] = known;
      noteLevel(series, steps, scaleOf(known / unit));
      steps++;
    },
    recall(stepsAhead) {
      findAnalogues(series, { now: steps, warmUpHorizon: stepsAhead }, found);
      const { weights, count, total } = found;
      // Sorting pays from the second time on: a decision asks once, a replay in every step.
      if (isAsked) {
        filled ??= createFilledSteps(unit, capacity);
        for (let k = Math.max(filled.next, steps - count + 1); k < steps; k++)
          noteFilled(filled, k, values[k]!);
      }
      isAsked = true;
      const remembered = { values, steps, stepsPerDay };
      return {
        analogues: total > 0 ? { values, newest: steps, weights, count, total, filled } : null,
        daily: Array.from({ length: stepsAhead }, (_, ahead) => dailySamples(remembered, ahead)),
      };
    },
  };
}
