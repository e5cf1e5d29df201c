/**
 * How newcomers went on beside what the learned pool forecast from their first hours: by how long
 * they had been measured, by how far ahead, and by quantile level.
 */
export interface NewcomerOffsets {
  /** Increasing. Beyond the last one a newcomer is forecast by its own hours alone. */
  readonly ageSeconds: readonly number[];
  /** Increasing. */
  readonly aheadSeconds: readonly number[];
  /** Increasing. */
  readonly levels: readonly number[];
  /** [age][time ahead][level], in widths of the pool's 80 % interval (`MeasuredNewcomer`). */
  readonly offsets: readonly (readonly (readonly number[])[])[];
}

export interface NewcomerQuantiles {
  /** Row-major [steps × levels]. */
  readonly values: Float32Array | Float64Array;
  readonly levels: readonly number[];
  /** Of every row. */
  readonly aheadSeconds: readonly number[];
}

export interface MeasuredNewcomer {
  /** Time that was measured, without gaps. */
  readonly ageSeconds: number;
  /** Mean width of the pool's 80 % interval over the next day: how restless its hours were. */
  readonly width: number;
}

/**
 * Quantiles of the pool moved by the offsets. A newcomer's own hours
 * count the more the longer they are: the offsets of longer ages are smaller, and there are none
 * beyond the last age.
 * @returns row-major [steps × levels], never negative, never crossing.
 */
export function moveByOffsets(
  { values, levels, aheadSeconds }: NewcomerQuantiles,
  { ageSeconds, width }: MeasuredNewcomer,
  table: NewcomerOffsets,
): Float64Array {
  const moved = Float64Array.from(values);
  if (ageSeconds > table.ageSeconds.at(-1)!) return moved;
  const ofAge = between(table.ageSeconds, ageSeconds);
  const ofLevels = levels.map((one) => between(table.levels, one, (x) => x));
  const columns = levels.length;
  aheadSeconds.forEach((ahead, row) => {
    const ofAhead = between(table.aheadSeconds, ahead);
    const step = moved.subarray(row * columns, (row + 1) * columns);
    for (let k = 0; k < columns; k++) {
      const offset = offsetAt(table, [ofAge, ofAhead, ofLevels[k]!]);
      step[k] = Math.max(0, step[k]! + width * offset);
    }
    step.sort();
  });
  return moved;
}

/** Two neighbours in a list and the part of the way from the first to the second. */
interface Between {
  readonly low: number;
  readonly high: number;
  readonly part: number;
}

function between(
  knots: readonly number[],
  at: number,
  scale: (value: number) => number = Math.log,
): Between {
  const after = knots.findIndex((knot) => knot >= at);
  if (after === 0) return { low: 0, high: 0, part: 0 };
  if (after === -1) return { low: knots.length - 1, high: knots.length - 1, part: 0 };
  const [low, high] = [scale(knots[after - 1]!), scale(knots[after]!)];
  return { low: after - 1, high: after, part: (scale(at) - low) / (high - low) };
}

function offsetAt(
  { offsets }: NewcomerOffsets,
  [age, ahead, level]: readonly [Between, Between, Between],
): number {
  const mix = ({ low, high, part }: Between, at: (index: number) => number): number =>
    part === 0 ? at(low) : (1 - part) * at(low) + part * at(high);
  return mix(age, (a) => mix(ahead, (b) => mix(level, (c) => offsets[a]![b]![c]!)));
}
