import { ANALOGUE_DAYS, analogueSamples } from './analogue-samples.ts';
import { dailySamples } from './daily-samples.ts';
import { noteLevel, noteSituation, scaleOf, type Situations } from './situation.ts';
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

/** More than three weeks of five minutes: the history of a decision is taken in without growing. */
const GROWTH = 8192;

/** An empty memory. Pushing a step costs a dozen operations, recalling two weeks some 100 µs. */
export function createUsageMemory(options: UsageMemoryOptions): UsageMemory {
  let values = new Float64Array(GROWTH);
  let situations = columns(() => new Float64Array(GROWTH));
  let steps = 0;

  /** Situations before it are described; what was pushed after waits until somebody asks. */
  let described = 0;

  // One object for all steps: a history of three weeks is pushed for every decision.
  const { stepsPerDay, leadSteps, unit } = options;
  const series = {
    levels: new Float64Array(GROWTH),
    peaks: new Float64Array(GROWTH),
    ...{ stepsPerDay, leadSteps },
  };

  /** Those that are compared: a decision on three weeks of history needs two of them. */
  const describe = () => {
    const from = Math.max(described, steps - ANALOGUE_DAYS * stepsPerDay);
    for (let at = from; at <= steps; at++) noteSituation(series, at, situations);
    described = steps + 1;
  };

  return {
    get steps() {
      return steps;
    },
    push(value) {
      if (steps + 1 >= values.length) {
        values = grown(values, 2);
        situations = columns((name) => grown(situations[name], 2));
        series.levels = grown(series.levels, 2);
        series.peaks = grown(series.peaks, 2);
      }
      const known = Number.isNaN(value) ? (values[steps - 1] ?? 0) : value;
      values[steps] = known;
      noteLevel(series, steps, scaleOf(known / unit));
      steps++;
    },
    recall(stepsAhead) {
      describe();
      const known = { values, situations, steps, stepsPerDay };
      const analogues = analogueSamples(known, stepsAhead);
      return Array.from({ length: stepsAhead }, (_, ahead) => ({
        analogues: analogues && { ...analogues, values: analogues.valuesAhead[ahead]! },
        daily: dailySamples(known, ahead),
      }));
    },
  };
}

function columns<T>(make: (name: keyof Situations) => T): Record<keyof Situations, T> {
  return { last: make('last'), usual: make('usual'), peak: make('peak') };
}

function grown(array: Float64Array, factor: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * factor);
  larger.set(array);
  return larger;
}
