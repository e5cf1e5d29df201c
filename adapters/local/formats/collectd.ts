import { isStackedDisk, isStackedNetwork } from '#adapters/devices/stacked-devices.ts';
import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { RecordFormat, SeriesKey } from './format.ts';

/** host/plugin-instance/type-instance-2026-01-31 */
const PATH = /([^/]+)\/([a-z_]+)(?:-([^/]+))?\/([a-z_]+)(?:-([^/]+?))?-\d{4}-\d\d-\d\d$/;

interface Metric {
  readonly resource: Resource;
  readonly factor: number;
  readonly scale: 'exact' | 'percent';
}

function metricOf(plugin: string, type: string, instance: string): Metric | null {
  if (plugin === 'cpu' && !/^(idle|wait)$/.test(instance)) {
    // A core has 100 ticks in a second.
    if (type === 'cpu') return { resource: 'cpu', factor: 0.01, scale: 'exact' };
    if (type === 'percent') return { resource: 'cpu', factor: 1, scale: 'percent' };
  }
  if (plugin === 'memory' && type === 'memory' && instance === 'used') {
    return { resource: 'memory', factor: 1, scale: 'exact' };
  }
  if (plugin === 'interface' && type === 'if_octets') {
    return { resource: 'network', factor: 1, scale: 'exact' };
  }
  if (plugin === 'disk' && type === 'disk_octets') {
    return { resource: 'disk', factor: 1, scale: 'exact' };
  }
  return null;
}

/** True if a path is that of a file of collectd's csv plugin that measures a resource. */
export function isCollectdFile(path: string): boolean {
  return seriesOf(path) !== null;
}

function seriesOf(path: string): (SeriesKey & { readonly factor: number }) | null {
  const [, host, plugin, device = '', type, instance = ''] = PATH.exec(path) ?? [];
  if (host === undefined || plugin === undefined || type === undefined) return null;
  const metric = metricOf(plugin, type, instance);
  if (metric === null || device === 'lo') return null;
  const { resource, factor, scale } = metric;
  const isFallback =
    (plugin === 'disk' && isStackedDisk(device)) ||
    (plugin === 'interface' && isStackedNetwork(device));
  const part = `${device}.${instance}`;
  return { labels: { host }, metric: type, resource, scale, part, isFallback, factor };
}

/**
 * A file of collectd's csv plugin (with StoreRates, its default): `epoch,value` or `epoch,rx,tx`.
 * The path names host, resource and part.
 */
export function collectdCsv(path: string): RecordFormat {
  return {
    kind: 'records',
    matches: (head) => head.startsWith('epoch,'),
    reader(sink) {
      const { factor, ...key } = seriesOf(path)!;
      const add = sink.series(key);
      return (cells, line) => {
        if (cells[0] === 'epoch') return;
        let sum = NaN;
        for (const cell of cells.slice(1)) {
          const value = plainAmount(cell);
          if (value === null) sink.refuse(`${JSON.stringify(cell)} is not a number`, line);
          else if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
        }
        add?.(sink.seconds(cells[0]!, line), sum * factor);
      };
    },
  };
}
