import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';
import type { AddValue, RecordFormat, ValueSink } from './format.ts';

/** Marks of the trace's start and end, which are no times. */
const LARGEST_TIME = 1e15;

/**
 * Rows of instance_usage of Google's cluster trace 2019, as BigQuery exports them: times are
 * microseconds that begin 600 s before the trace, use is a share of the largest machine, either in
 * columns average_usage.cpus and .memory or as a record in average_usage. Instances are added up to
 * their collection.
 */
export const google2019: RecordFormat = {
  kind: 'records',
  // The trace begins at midnight of 1 May 2019 in Los Angeles, which is the time 600 s.
  epoch: { unixSeconds: Date.UTC(2019, 4, 1, 7) / 1000 - 600, perSecond: 1e6 },
  matches(head) {
    const [header = ''] = head.split(/\r?\n/, 1);
    return (
      /\bstart_time\b/.test(header) &&
      /\bcollection_id\b/.test(header) &&
      /average_usage/.test(header)
    );
  },
  reader(sink) {
    let names: readonly string[] | null = null;
    const seriesOf = onceByKey<AddValue | null>();
    return (cells, line) => {
      if (names === null) {
        names = cells.map((name) => name.trim().toLowerCase().replace('.', '_'));
        return;
      }
      const cell = (name: string): string => cells[names!.indexOf(name)]?.trim() ?? '';
      const start = cell('start_time');
      if (Number(start) === 0 || Number(start) > LARGEST_TIME) return;
      const seconds = sink.seconds(start, line);
      const labels = { collection_id: cell('collection_id') };
      const part = cell('instance_index');
      for (const [resource, field] of [
        ['cpu', 'cpus'],
        ['memory', 'memory'],
      ] as const) {
        const value = usage(cell, field, { sink, line });
        if (value === null) continue;
        const add = seriesOf(`${resource} ${labels.collection_id} ${part}`, () =>
          sink.series({ labels, metric: field, resource, scale: 'share', part }),
        );
        add?.(seconds, value);
      }
    };
  },
};

/** Null if the file has no such field. */
function usage(
  cell: (name: string) => string,
  field: string,
  { sink, line }: { readonly sink: ValueSink; readonly line: number },
): number | null {
  const record = cell('average_usage');
  const text =
    record === ''
      ? cell(`average_usage_${field}`)
      : (new RegExp(`['"]?${field}['"]?\\s*:\\s*([^,}\\s]+)`).exec(record)?.[1] ?? '');
  const value = plainAmount(text);
  if (value === null) return sink.refuse(`${JSON.stringify(text)} is not a number`, line);
  return Number.isNaN(value) ? null : value;
}
