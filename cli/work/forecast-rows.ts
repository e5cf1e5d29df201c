import { formatDs } from '#adapters/local/series/format-ds.ts';
import type { SeriesFile } from '#adapters/local/series/series-file.ts';
import type { OutputColumn } from '#adapters/local/tables/table-writer.ts';
import type { RegularSeries } from '#models/series/series.ts';

type Row = readonly (string | number | null)[];

/** Columns of the forecast file, with the quantiles as q0.1 … q0.9. */
export function forecastColumns(
  levels: readonly number[],
  { dsKind }: SeriesFile,
): readonly OutputColumn[] {
  const ds = dsKind === 'time' ? 'time' : 'number';
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
  readonly id: string;
  /** The whole series, including values after the origin. */
  readonly series: RegularSeries;
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
  file: SeriesFile,
  { id, series, origin, model, quantiles }: ForecastWindow,
  levels: number,
): Generator<Row> {
  const ds = (index: number) => formatDs(file, series.startSeconds + index * series.stepSeconds);
  const cutoff = ds(origin - 1);
  for (let step = 0; step * levels < quantiles.length; step++) {
    const row = quantiles.subarray(step * levels, (step + 1) * levels);
    const y = series.values[origin + step] ?? NaN;
    yield [id, cutoff, ds(origin + step), model, y, ...row];
  }
}
