import { dsColumnType } from '#adapters/local/series/ds-column.ts';
import type { NamedSeries } from '#adapters/local/series/regular-series.ts';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';

type Row = readonly (string | number | null)[];

/** Columns of the forecast file, with the quantiles as q0.1 … q0.9. */
export function forecastColumns(
  levels: readonly number[],
  { dsKind, dsText }: SeriesFile,
): readonly OutputColumn[] {
  const ds = dsColumnType(dsKind, dsText[0] ?? null);
  return [
    { name: 'unique_id', type: 'text' },
    { name: 'cutoff', type: ds },
    { name: 'ds', type: ds },
    { name: 'model', type: 'text' },
    { name: 'y', type: 'number' },
    ...levels.map((level) => ({ name: `q${level}`, type: 'number' }) as const),
  ];
}

export interface ForecastWindow {
  /** The whole series, including values after the origin. */
  readonly whole: NamedSeries;
  readonly origin: number;
  readonly model: string;
  /** Row-major [horizon × levels]. */
  readonly quantiles: Float64Array;
}

/**
 * The rows of one window, one per step; `y` is empty if unknown. `cutoff` is the last `ds` before
 * the window.
 */
export function* forecastRows(
  { whole: { id, series, dsAt }, origin, model, quantiles }: ForecastWindow,
  levels: number,
): Generator<Row> {
  const cutoff = dsAt(origin - 1);
  for (let step = 0; step * levels < quantiles.length; step++) {
    const row = quantiles.subarray(step * levels, (step + 1) * levels);
    const y = series.values[origin + step] ?? NaN;
    yield [id, cutoff, dsAt(origin + step), model, y, ...row];
  }
}
