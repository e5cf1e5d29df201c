import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { ownValue } from '#core/text/own-value.ts';
import type { Scale } from './format.ts';

/** Names that speak of a resource but are not its use. */
const NOT_USED =
  /credit|limit|request|quota|throttl|alloc|capacity|total_bytes$|mem_?total|packet|pckt|error|drop|ops|iops|latency|time_ms|queue|free|avail|cached|buffer|swap|idle|iowait|steal_|count$/i;

const PATTERNS: readonly (readonly [Resource, RegExp])[] = [
  // Not the name of Kubernetes.
  ['network', /(?<![a-z])net|receive|transmit|if_octets|octets_(in|out)|traffic/i],
  ['disk', /disk|_fs_|ebs|blkio|(read|write)_?bytes/i],
  ['memory', /mem|(?<![a-z])rss|working_?set/i],
  ['cpu', /cpu|cores/i],
];

/** The resource that a metric's name speaks of; null if none, or if it is not the use of one. */
export function resourceOfMetric(metric: string): Resource | null {
  const exact = RESOURCES.find((resource) => resource === metric.toLowerCase());
  if (exact !== undefined) return exact;
  // `node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes` and the like have no name.
  if (NOT_USED.test(metric)) return null;
  return PATTERNS.find(([, pattern]) => pattern.test(metric))?.[0] ?? null;
}

/** What the name of a metric says of its scale. */
export function scaleOfMetric(metric: string): Scale {
  if (/(seconds|bytes|octets|sectors)_total$/i.test(metric)) return 'counter';
  if (/percent|utili[sz]ation|_pct$|^pct_/i.test(metric)) return 'percent';
  return null;
}

/** What a unit in words says of the scale, and its factor to the unit of the resource. */
export function namedUnit(unit: string): { readonly scale: Scale; readonly factor: number } {
  const name = unit
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_/-]/g, '');
  if (name === 'percent' || name === '%') return { scale: 'percent', factor: 1 };
  const factor = ownValue(NAMED, name.replace(/(per|p)?(second|sec)?$/, '').replace(/s$/, ''));
  return factor === undefined ? { scale: null, factor: 1 } : { scale: 'exact', factor };
}

const NAMED: Readonly<Record<string, number>> = {
  core: 1,
  millicore: 1e-3,
  microcore: 1e-6,
  nanocore: 1e-9,
  byte: 1,
  kilobyte: 1e3,
  megabyte: 1e6,
  gigabyte: 1e9,
  kibibyte: 2 ** 10,
  mebibyte: 2 ** 20,
  gibibyte: 2 ** 30,
  bit: 1 / 8,
  kilobit: 1e3 / 8,
  megabit: 1e6 / 8,
};
