import * as z from 'zod';
import { isStackedDisk, isStackedNetwork } from '#adapters/devices/stacked-devices.ts';
import { onceByKey } from '#adapters/local/values/once-by-key.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { AddValue, DocumentFormat } from './format.ts';

const SECTOR = 512;
const KIB = 1024;

const number = z.number();
const maybe = z.number().optional();
const statistics = z.looseObject({
  timestamp: z.looseObject({ date: z.string(), time: z.string(), utc: maybe, interval: maybe }),
  'cpu-load': z.array(z.looseObject({ cpu: z.string(), idle: number, iowait: maybe })).optional(),
  memory: z.looseObject({ memused: maybe }).optional(),
  disk: z
    .array(
      z.looseObject({
        'disk-device': z.string(),
        ...{ rkB: maybe, wkB: maybe, rd_sec: maybe, wr_sec: maybe },
      }),
    )
    .optional(),
  network: z
    .looseObject({
      'net-dev': z
        .array(z.looseObject({ iface: z.string(), rxkB: number, txkB: number }))
        .optional(),
    })
    .optional(),
});
const answer = z.looseObject({
  sysstat: z.looseObject({
    hosts: z.array(
      z.looseObject({
        nodename: z.string(),
        'number-of-cpus': z.number(),
        statistics: z.array(statistics),
      }),
    ),
  }),
});

/** What `sadf -j` prints (sysstat): it says how many cores a host has. Times end an interval. */
export const sadfJson: DocumentFormat = {
  kind: 'document',
  matches: (document) =>
    z.looseObject({ sysstat: z.looseObject({ hosts: z.array(z.unknown()) }) }).safeParse(document)
      .success,
  read(document, sink) {
    const parsed = answer.safeParse(document);
    if (!parsed.success) return sink.refuse('is not a whole answer of sadf -j');
    for (const { nodename, 'number-of-cpus': cores, statistics: all } of parsed.data.sysstat
      .hosts) {
      const seriesOf = onceByKey<AddValue | null>();
      const series = (resource: Resource, part: string, isFallback = false): AddValue | null => {
        const labels = { hostname: nodename };
        const scale = 'exact' as const;
        return seriesOf(`${resource} ${part}`, () =>
          sink.series({ labels, metric: resource, resource, scale, part, isFallback }),
        );
      };
      for (const { timestamp, memory, network, disk = [], ...more } of all) {
        const { date, time, utc, interval = 0 } = timestamp;
        const ends = sink.seconds(`${date} ${time}${utc === 1 ? ' UTC' : ''}`);
        const at = ends - Math.max(0, interval);
        const whole = more['cpu-load']?.find(({ cpu }) => cpu === 'all' || cpu === '-1');
        if (whole !== undefined) {
          const busy = Math.max(0, 100 - whole.idle - (whole.iowait ?? 0));
          series('cpu', '')?.(at, (busy * cores) / 100);
        }
        if (memory?.memused !== undefined) series('memory', '')?.(at, memory.memused * KIB);
        for (const { iface, rxkB, txkB } of network?.['net-dev'] ?? []) {
          if (iface === 'lo') continue;
          series('network', iface, isStackedNetwork(iface))?.(at, (rxkB + txkB) * KIB);
        }
        for (const { 'disk-device': device, rkB = 0, wkB = 0, rd_sec = 0, wr_sec = 0 } of disk) {
          const bytes = (rkB + wkB) * KIB + (rd_sec + wr_sec) * SECTOR;
          series('disk', device, isStackedDisk(device))?.(at, bytes);
        }
      }
    }
  },
};
