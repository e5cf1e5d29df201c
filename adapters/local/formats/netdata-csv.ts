import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { AddValue, RecordFormat, Scale } from './format.ts';

interface Chart {
  readonly resource: Resource;
  readonly scale: Scale;
  readonly factor: number;
  readonly dimensions: readonly string[];
}

/** Netdata's charts system.cpu, system.ram, system.net and system.io and the units they have. */
const CHARTS: readonly Chart[] = [
  {
    resource: 'cpu',
    scale: 'percent',
    factor: 1,
    dimensions: ['guest_nice', 'guest', 'steal', 'softirq', 'irq', 'user', 'system', 'nice'],
  },
  { resource: 'memory', scale: 'exact', factor: 2 ** 20, dimensions: ['used'] },
  { resource: 'network', scale: 'exact', factor: 1000 / 8, dimensions: ['received', 'sent'] },
  { resource: 'disk', scale: 'exact', factor: 1024, dimensions: ['in', 'out', 'reads', 'writes'] },
];

/** The chart with all of the columns, and more of them than any other. */
function chartOf(columns: readonly string[]): Chart | null {
  const has = ({ dimensions }: Chart) => dimensions.filter((name) => columns.includes(name)).length;
  const best = CHARTS.reduce((most, chart) => (has(chart) > has(most) ? chart : most));
  return has(best) > 0 ? best : null;
}

/**
 * What Netdata's `/api/v1/data?format=csv` answers: one chart, newest rows first, `null` where
 * nothing was measured, sent and written amounts negative. A file is one application.
 */
export const netdataCsv: RecordFormat = {
  kind: 'records',
  matches(head) {
    const [header = '', row = ''] = head.split(/\r?\n/, 2);
    const columns = header.split(',').map((name) => name.trim().replaceAll('"', ''));
    return columns[0] === 'time' && chartOf(columns) !== null && /^"?[\d-]/.test(row);
  },
  reader(sink) {
    let used: readonly number[] = [];
    let factor = 1;
    let add: AddValue | null = null;
    return (cells, line) => {
      if (line === 1) {
        const names = cells.map((name) => name.trim());
        const chart = chartOf(names)!;
        used = chart.dimensions.map((name) => names.indexOf(name)).filter((at) => at > 0);
        const { resource, scale } = chart;
        factor = chart.factor;
        add = sink.series({ labels: {}, metric: resource, resource, scale });
        return;
      }
      let sum = NaN;
      for (const at of used) {
        const value = plainAmount(cells[at] ?? '');
        if (value === null) sink.refuse(`${JSON.stringify(cells[at])} is not a number`, line);
        else if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + Math.abs(value);
      }
      add?.(sink.seconds(cells[0]!.trim(), line), sum * factor);
    };
  },
};
