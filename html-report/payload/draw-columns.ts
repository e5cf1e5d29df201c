import type { Columns, Values } from './chart-data.ts';
import { roundSignificant } from './round-significant.ts';

export interface ColumnsSource {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Increasing numbers of the steps to draw. */
  readonly steps: readonly number[];
  /** Values by name; the index is the step. */
  readonly series: Readonly<Record<string, Float64Array>>;
  /** Size of the displayed unit in the unit of the series. */
  readonly divisor: number;
}

/** Columns at the selected steps, rounded and in the displayed unit. */
export function drawColumns(source: ColumnsSource): Columns {
  const { startSeconds, stepSeconds, steps, divisor } = source;
  const values: Record<string, Values> = {};
  for (const [name, series] of Object.entries(source.series)) {
    values[name] = steps.map((step) => roundSignificant((series[step] ?? NaN) / divisor));
  }
  const stepGaps = steps.map((step, k) => step - (steps[k - 1] ?? 0));
  return { startSeconds, stepSeconds, stepGaps, values };
}
