import { amountCell, type AmountCell } from '#adapters/local/values/amount-cell.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { AddValue, RecordFormat, SeriesKey, ValueSink } from './format.ts';
import { readLabelText } from './label-text.ts';
import { resourceOfMetric } from './metric-resource.ts';

const TIME_NAMES = ['timestamp', 'time', '_time', 'date', 'datetime', 'ds'];

/** What Grafana writes first for Excel. */
const SEPARATOR_LINE = /^sep=.\r?\n/;

/**
 * A time and a column per application, as Grafana exports "series joined by time": names are texts
 * or labels in braces, cells may have units ("3.71 GiB"). Columns that are named cpu, memory, disk
 * and network are the resources of one application.
 */
export const wideCsv: RecordFormat = {
  kind: 'records',
  matches: (head) => /^"?Time"?[,;\t]/.test(head.replace(SEPARATOR_LINE, '')),
  reader(sink) {
    let timeAt = 0;
    let columns: readonly (WideColumn | null)[] | null = null;
    let named = 0;
    return (cells, line) => {
      if (columns === null) {
        if (line === 1 && /^sep=/.test(cells[0] ?? '')) return;
        timeAt = timeColumn(cells, sink);
        columns = wideColumns(cells, timeAt, sink);
        named = columns.findLastIndex((column) => column !== null) + 1;
        return;
      }
      const { length } = columns;
      if (cells.length < named || cells.slice(length).some((cell) => cell.trim() !== '')) {
        sink.refuse(`has ${cells.length} cells where the header has ${length}`, line);
      }
      const seconds = sink.seconds(cells[timeAt]!.trim(), line);
      columns.forEach((column, at) => column?.(seconds, cells[at]!, line));
    };
  },
};

type WideColumn = (seconds: number, cell: string, line: number) => void;

function timeColumn(names: readonly string[], sink: ValueSink): number {
  const lower = names.map((name) => name.trim().toLowerCase());
  const wanted = sink.columns.get('timestamp');
  const at = lower.findIndex((name) =>
    wanted === undefined ? TIME_NAMES.includes(name) : name === wanted,
  );
  if (at < 0) {
    sink.refuse(
      `has no column of times; it has ${lower.join(', ')}; ${sink.command('--wide --map timestamp=COLUMN')}`,
      1,
    );
  }
  return at;
}

/** Null for the times, and for a column without a name. */
function wideColumns(
  names: readonly string[],
  timeAt: number,
  sink: ValueSink,
): readonly (WideColumn | null)[] {
  const before = new Map<string, number>();
  return names.map((written, at) => {
    const name = written.trim();
    if (at === timeAt || name === '') return null;
    const count = before.get(name) ?? 0;
    before.set(name, count + 1);
    return wideColumn(name, String(count), sink);
  });
}

/** A series begins with its first measured cell, whose unit says how the others are scaled. */
function wideColumn(name: string, part: string, sink: ValueSink): WideColumn {
  let [add, isOpen]: [AddValue | null, boolean] = [null, false];
  return (seconds, cell, line) => {
    const amount = amountCell(cell);
    if (amount === null) {
      return sink.refuse(`column ${name}: ${JSON.stringify(cell)} is not a number`, line);
    }
    if (!isOpen && !Number.isNaN(amount.value)) {
      [add, isOpen] = [sink.series(keyOf(name, part, amount)), true];
    }
    add?.(seconds, amount.value);
  };
}

/** @param part tells columns of the same name apart, which are added up. */
function keyOf(name: string, part: string, { scale }: AmountCell): SeriesKey {
  const named = readLabelText(name);
  if (named !== null) return { ...named, metric: named.metric || null, scale, part };
  const resource = RESOURCES.find((candidate) => candidate === name.toLowerCase());
  if (resource !== undefined) return { labels: {}, metric: name, resource, scale, part };
  const hinted = resourceOfMetric(name) === null ? null : name;
  return { labels: { name }, metric: hinted, scale, part };
}
