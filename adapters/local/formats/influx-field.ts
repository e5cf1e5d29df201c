import { isStackedDisk, isStackedNetwork } from '#adapters/devices/stacked-devices.ts';
import type { Labels, Scale, SeriesKey } from './format.ts';
import { resourceOfMetric, scaleOfMetric } from './metric-resource.ts';

/** Telegraf's parts of busy time; idle and waiting are not among them. */
const BUSY = /^usage_(user|system|nice|irq|softirq|steal)$/;
const COUNTERS = /^(bytes_(recv|sent)|(read|write)_bytes|.*_total)$/;

/** A field of a measurement of InfluxDB, named as Telegraf does. */
export interface InfluxField {
  readonly key: SeriesKey;
  /** True if the value is what is left over: use is 100 − value. */
  readonly isIdle: boolean;
}

/**
 * The series that a field is; null if it is no use of a resource. Of Telegraf's cpu the total is
 * taken, as the busy parts of it or, without them, as what is not idle.
 */
export function influxField(measurement: string, field: string, tags: Labels): InfluxField | null {
  const { cpu: core, interface: device = '', name: disk = '', ...labels } = tags;
  const part = `${measurement}.${field}.${device}${disk}`;
  if (measurement === 'cpu') {
    if (core !== undefined && core !== 'cpu-total') return null;
    const base = { labels, metric: 'cpu', resource: 'cpu', part } as const;
    if (BUSY.test(field)) return { key: { ...base, scale: 'percent' }, isIdle: false };
    if (field === 'usage_idle') {
      return { key: { ...base, scale: 'percent', isFallback: true }, isIdle: true };
    }
    if (field.startsWith('usage_') || field.startsWith('time_')) return null;
  }
  if (measurement === 'mem' || measurement === 'memory') {
    if (field !== 'used') return null;
    return {
      key: { labels, metric: 'mem', resource: 'memory', scale: 'exact', part },
      isIdle: false,
    };
  }
  const metric = field === 'value' || field === '_value' ? measurement : `${measurement}_${field}`;
  if (resourceOfMetric(field) === null && resourceOfMetric(metric) === null) return null;
  const named = resourceOfMetric(field) === null ? metric : field;
  const scale: Scale = COUNTERS.test(field) ? 'counter' : scaleOfMetric(metric);
  const resource = measurement.startsWith('net') ? ('network' as const) : undefined;
  // `all` are Telegraf's counts of protocols; they have no bytes.
  if (device === 'lo' || device === 'all') return null;
  const isFallback = isStackedDisk(disk) || isStackedNetwork(device);
  const base = { labels, metric: named, scale, part, isFallback };
  return { key: resource === undefined ? base : { ...base, resource }, isIdle: false };
}
