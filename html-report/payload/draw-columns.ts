import type { Columns, Values } from './chart-data.ts';
import { roundSignificant } from './round-significant.ts';

export interface ColumnsSource {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Increasing step numbers to draw. */
  readonly steps: readonly number[];
  /** Values per name; index = step. */
  readonly series: Readonly<Record<string, Float64Array>>;
  /** What one shown unit is in the unit of the series. */
  readonly divisor: number;
}

/** Columns at the chosen steps, in the shown unit, rounded. */
export function drawColumns(source: ColumnsSource): Columns {
  const { startSeconds, stepSeconds, steps, divisor } = source;
  const values: Record<string, Values> = {};
  for (const [name, series] of Object.entries(source.series)) {
    values[name] = steps.map((step) => roundSignificant((series[step] ?? NaN) / divisor));
  }
  const stepGaps = steps.map((step, k) => step - (steps[k - 1] ?? 0));
  return { startSeconds, stepSeconds, stepGaps, values };
}
