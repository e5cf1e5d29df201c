import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { AddValue, RecordFormat } from './format.ts';

/** A published trace without a header. */
interface Archive {
  readonly matches: RegExp;
  readonly application: number;
  readonly time: number;
  /** Percent of what a machine has, by resource. */
  readonly percent: readonly (readonly [Resource, number])[];
  /** Values above it, and negative ones, are marked as wrong in the trace. */
  readonly mostPercent: number;
}

/**
 * - Azure Public Dataset V2 (vm_cpu_readings): seconds, machine, least, most and mean percent of CPU.
 * - Alibaba cluster trace 2018: machine_usage and container_usage, with −1 and 101 for wrong values.
 *   Its network and disk columns are shares of a maximum that is not published.
 */
const ARCHIVES: readonly Archive[] = [
  {
    matches: /^\d+,[A-Za-z0-9+/=]{8,},\d[\d.e-]*,\d[\d.e-]*,\d[\d.e-]*\r?$/,
    application: 1,
    time: 0,
    percent: [['cpu', 4]],
    mostPercent: Infinity,
  },
  {
    matches: /^m_\d+,\d+,[-\d.]*,[-\d.]*,[-\d.]*,[-\d.]*,[-\d.]*,[-\d.]*,[-\d.]*\r?$/,
    application: 0,
    time: 1,
    percent: [
      ['cpu', 2],
      ['memory', 3],
    ],
    mostPercent: 100,
  },
  {
    matches: /^c_\d+,m_\d+,\d+(,[-\d.]*){8}\r?$/,
    application: 0,
    time: 2,
    percent: [
      ['cpu', 3],
      ['memory', 4],
    ],
    mostPercent: 100,
  },
];

const archiveOf = (row: string): Archive | undefined =>
  ARCHIVES.find(({ matches }) => matches.test(row));

/**
 * Traces of Azure (V2) and Alibaba (2018). Their times count from the start of the trace, and their
 * values are percent, so the user says what a machine has; a resource without that is left out.
 */
export const archiveCsv: RecordFormat = {
  kind: 'records',
  // Azure's trace is of July 2019; Alibaba does not say when its trace began.
  epoch: { unixSeconds: Date.UTC(2019, 6, 1) / 1000, perSecond: 1 },
  matches: (head) => archiveOf(head.split('\n', 1)[0]!) !== undefined,
  reader(sink) {
    let archive: Archive | undefined;
    const seriesOf = onceByKey<AddValue | null>();
    return (cells, line) => {
      archive ??= archiveOf(cells.join(','))!;
      const name = cells[archive.application]?.trim();
      const seconds = sink.seconds(cells[archive.time]?.trim() ?? '', line);
      if (name === undefined || name === '') return sink.refuse('has no identifier', line);
      for (const [resource, at] of archive.percent) {
        if (resource !== 'cpu' && !sink.isAsked(resource)) continue;
        const add = seriesOf(`${resource} ${name}`, () =>
          sink.series({ labels: { name }, metric: resource, resource, scale: 'percent' }),
        );
        const value = plainAmount(cells[at] ?? '');
        if (value === null) {
          return sink.refuse(`${JSON.stringify(cells[at])} is not a number`, line);
        }
        add?.(seconds, value < 0 || value > archive.mostPercent ? NaN : value);
      }
    };
  },
};
