import { analogueSamples } from './analogue-samples.ts';
import { dailySamples } from './daily-samples.ts';
import { scaleOf, situationAt, SITUATION_SIZE, type UsageSeries } from './situation.ts';
import type { RecalledUse } from './recalled-use.ts';

/** What one resource of one application used, step by step, ready to be asked "when was it like now?". */
export interface UsageMemory {
  /** Steps remembered so far. */
  readonly steps: number;
  /** The use of the next step; NaN where it was not measured, which stands for the use before. */
  push(value: number): void;
  /** What followed situations like the present one, for each of the `leadSteps` steps to come. */
  recall(leadSteps: number): readonly RecalledUse[];
}

export interface UsageMemoryOptions {
  /** One instance's capacity: differences far below one instance do not tell two situations apart. */
  readonly unit: number;
  readonly stepsPerDay: number;
  /** Steps a decision answers for; situations are remembered for this many steps ahead. */
  readonly leadSteps: number;
}

const GROWTH = 4096;

/** An empty memory. Pushing a step costs some dozens of operations, recalling two weeks some 50 µs. */
export function createUsageMemory(options: UsageMemoryOptions): UsageMemory {
  let values = new Float64Array(GROWTH);
  let levels = new Float64Array(GROWTH);
  let situations = new Float64Array(GROWTH * SITUATION_SIZE);
  let steps = 0;

  const series = (): UsageSeries => ({ levels, steps, ...options });
  const note = () => situationAt(series(), steps, situations);
  note();

  return {
    get steps() {
      return steps;
    },
    push(value) {
      if (steps + 1 >= values.length) {
        values = grown(values, 2);
        levels = grown(levels, 2);
        situations = grown(situations, 2);
      }
      const known = Number.isNaN(value) ? (values[steps - 1] ?? 0) : value;
      values[steps] = known;
      levels[steps] = scaleOf(known / options.unit);
      steps++;
      note();
    },
    recall(leadSteps) {
      const known = { values, situations, steps, stepsPerDay: options.stepsPerDay };
      const analogues = analogueSamples(known, leadSteps);
      return Array.from({ length: leadSteps }, (_, ahead) => ({
        analogues: analogues && { ...analogues, values: analogues.valuesAhead[ahead]! },
        daily: dailySamples(known, ahead),
      }));
    },
  };
}

function grown(array: Float64Array, factor: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * factor);
  larger.set(array);
  return larger;
}
