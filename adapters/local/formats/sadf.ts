import { isStackedDisk, isStackedNetwork } from '#adapters/devices/stacked-devices.ts';
import { plainAmount } from '#adapters/local/values/amount-cell.ts';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { ownValue } from '#core/text/own-value.ts';
import type { AddValue, LineFormat, Scale } from './format.ts';

interface Part {
  readonly resource: Resource;
  readonly part: string;
  readonly scale: Scale;
  readonly isFallback?: boolean;
}

/** A column of sadf that is used. */
interface Used {
  readonly at: number;
  readonly resource: Resource;
  readonly factor: number;
}

const COLUMNS: Readonly<Record<string, readonly [Resource, number]>> = {
  kbmemused: ['memory', 1024],
  'rxkB/s': ['network', 1024],
  'txkB/s': ['network', 1024],
  'rkB/s': ['disk', 1024],
  'wkB/s': ['disk', 1024],
  // Of versions before 12.
  'rd_sec/s': ['disk', 512],
  'wr_sec/s': ['disk', 512],
  'bread/s': ['disk', 512],
  'bwrtn/s': ['disk', 512],
};

/** True for totals over all disks, and for devices that stand on others. */
function isCountedElsewhere(column: string, device: string): boolean {
  if (/^(bread|bwrtn)/.test(column)) return true;
  return /^[rt]xkB/.test(column) ? isStackedNetwork(device) : isStackedDisk(device);
}

/**
 * What `sadf -d` prints (sysstat): columns separated by semicolons, a header that begins with #
 * for every activity, and times that end an interval. CPU is what is neither idle nor waiting.
 * Cores stand in lines about a restart; without one the user has to say them.
 */
export const sadf: LineFormat = {
  kind: 'lines',
  matches: (head) => /^(#\s*)?hostname;interval;timestamp/m.test(head.slice(0, 2000)),
  reader(sink) {
    let names: readonly string[] = [];
    let used: readonly Used[] = [];
    const cores = new Map<string, number>();
    const seriesOf = onceByKey<AddValue | null>();
    const series = (host: string, { resource, part, ...rest }: Part) => {
      const labels = { hostname: host };
      return seriesOf(`${host};${resource};${part}`, () =>
        sink.series({ labels, metric: resource, resource, part, ...rest }),
      );
    };
    const begin = (header: string) => {
      names = header
        .replace(/^#\s*/, '')
        .split(';')
        .map((name) => name.trim());
      used = names.flatMap((name, at) => {
        const [resource, factor] = ownValue(COLUMNS, name) ?? [];
        return resource === undefined ? [] : [{ at, resource, factor: factor! }];
      });
    };
    return {
      line(text, line) {
        if (/^(#\s*)?hostname;/.test(text)) return begin(text);
        if (text.trim() === '') return;
        const cells = text.split(';').map((cell) => cell.trim());
        const [host = '', interval = '', stamp = '', device = ''] = cells;
        const restarted = /RESTART\D*\((\d+) CPU/i.exec(text)?.[1];
        if (restarted !== undefined) cores.set(host, Number(restarted));
        if (/RESTART|^COM$/i.test(device)) return;
        if (cells.length !== names.length) {
          return sink.refuse(
            `has ${cells.length} cells where the header has ${names.length}`,
            line,
          );
        }
        const seconds = sink.seconds(stamp, line) - Math.max(0, Number(interval) || 0);
        // Some languages write a comma into a number.
        const value = (at: number): number =>
          plainAmount(cells[at]!.replace(/^(-?\d+),(\d+)$/, '$1.$2')) ??
          sink.refuse(`${JSON.stringify(cells[at])} is not a number`, line);
        const idleAt = names.indexOf('%idle');
        if (idleAt >= 0 && (names[3] !== 'CPU' || /^(-1|all)$/.test(device))) {
          const waitAt = names.indexOf('%iowait');
          const percent = 100 - value(idleAt) - (waitAt < 0 ? 0 : value(waitAt));
          const own = cores.get(host);
          const scale = own === undefined ? ('percent' as const) : ('exact' as const);
          const add = series(host, { resource: 'cpu', part: '', scale });
          add?.(seconds, Math.max(0, own === undefined ? percent : (percent * own) / 100));
        }
        if (names[3] === 'IFACE' && device === 'lo') return;
        for (const { at, resource, factor } of used) {
          const name = names[at]!;
          const part = `${name}${resource === 'memory' ? '' : device}`;
          const isFallback = isCountedElsewhere(name, device);
          const add = series(host, { resource, part, scale: 'exact', isFallback });
          add?.(seconds, value(at) * factor);
        }
      },
    };
  },
};
