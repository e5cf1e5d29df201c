import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One file of a labelled benchmark. */
export interface LabelledFile {
  /** "category/file.csv". */
  readonly name: string;
  readonly category: string;
  /** Unix seconds and values, row by row. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** First and last row of each window in which a detection counts. */
  readonly windows: readonly (readonly [number, number])[];
}

const ANOMALIES = join(import.meta.dirname, '../../../shared/data/anomalies');

/** The files of `../shared/data/anomalies/SET`, in the order of their names. */
export function readLabelledFiles(set: 'nab' | 'microsoft'): readonly LabelledFile[] {
  const root = join(ANOMALIES, set);
  const labels = JSON.parse(
    readFileSync(join(root, 'labels/combined_windows.json'), 'utf8'),
  ) as Record<string, readonly (readonly [string, string])[]>;
  return Object.keys(labels)
    .sort()
    .map((name) => {
      const [, ...lines] = readFileSync(join(root, 'data', name), 'utf8')
        .trim()
        .split('\n');
      const cells = lines.map((line) => line.trim().split(','));
      const rowOf = new Map<string, number>();
      cells.forEach(([time], row) => {
        if (!rowOf.has(time!)) rowOf.set(time!, row);
      });
      const row = (time: string): number => rowOf.get(time.slice(0, 19))!;
      return {
        name,
        category: name.split('/')[0]!,
        times: Float64Array.from(cells, ([time]) => secondsOf(time!)),
        values: Float64Array.from(cells, ([, value]) => (value ? Number(value) : NaN)),
        windows: labels[name]!.map(([from, to]) => [row(from), row(to)] as const),
      };
    });
}

const secondsOf = (time: string): number =>
  Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`) / 1000;
