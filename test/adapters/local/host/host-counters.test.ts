import { describe, expect, it } from 'vitest';
import { bytesMoved } from '#adapters/local/host/byte-counters.ts';
import { coresInUse, parseCpuCounters } from '#adapters/local/host/cpu-counters.ts';
import { parseDiskCounters } from '#adapters/local/host/disk-counters.ts';
import { parseMemoryInUse } from '#adapters/local/host/memory-in-use.ts';
import { parseNetworkCounters } from '#adapters/local/host/network-counters.ts';

const cpu = (line: string, processors = 2) =>
  parseCpuCounters(
    `cpu  ${line}\n${Array.from({ length: processors }, (_, k) => `cpu${k} 1 1 1 1`).join('\n')}\nintr 5\n`,
  )!;

describe('cpu', () => {
  it('counts user, nice, system and interrupts as busy, and guests only once', () => {
    expect(cpu('100 10 50 800 30 4 6 7 90 9')).toEqual({
      processors: 2,
      busyTicks: 170,
      totalTicks: 1007,
    });
  });

  it('gives cores in use between two readings', () => {
    const [before, after] = [cpu('100 0 0 900 0 0 0 0 0 0'), cpu('150 0 25 1025 0 0 0 0 0 0')];
    // 75 of 200 ticks on two processors.
    expect(coresInUse(before, after)).toBeCloseTo(0.75, 12);
  });

  it('returns null after a restart, a decreased counter, and no elapsed time', () => {
    const [low, high] = [cpu('1 0 0 9 0 0 0 0'), cpu('50 0 0 950 0 0 0 0')];
    expect(coresInUse(high, low)).toBeNull();
    expect(coresInUse(low, low)).toBeNull();
    expect(coresInUse(cpu('10 0 0 90'), cpu('5 0 0 200'))).toBeNull();
    // Time that waits for a disk may run backwards (proc(5)).
    expect(coresInUse(cpu('10 0 0 50 90'), cpu('30 0 0 60 70'))).toBeNull();
  });

  it.each(['', 'cpu  1 2 3 4\n', 'cpu  1 2\ncpu0 1 2\n', 'cpu  a b c d\ncpu0 1\n'])(
    'is unknown in %j',
    (text) => {
      expect(parseCpuCounters(text)).toBeNull();
    },
  );
});

describe('memory', () => {
  it('is the total minus the available memory', () => {
    const text = 'MemTotal:       24683656 kB\nMemFree:   1 kB\nMemAvailable:   24239124 kB\n';
    expect(parseMemoryInUse(text)).toBe((24_683_656 - 24_239_124) * 1024);
  });

  it.each(['', 'MemTotal: 5 kB\n', 'MemTotal: 5 kB\nMemAvailable: 6 kB\n'])(
    'is unknown in %j',
    (text) => {
      expect(parseMemoryInUse(text)).toBeNull();
    },
  );
});

const disk = (name: string, read: number, written: number) =>
  ` 259 0 ${name} 65752 10817 ${read} 7421 27953 56654 ${written} 5696 0 3592 13874 8032 21 691488 344 3220 412`;

describe('disk', () => {
  it('counts whole physical disks, in bytes', () => {
    const text = [
      disk('loop0', 9, 9),
      disk('ram1', 9, 9),
      disk('zram0', 9, 9),
      disk('sda', 100, 20),
      disk('sda1', 60, 20),
      disk('nvme0n1', 7, 3),
      disk('nvme0n1p1', 7, 3),
      disk('nvme1n1', 1, 0),
      disk('mmcblk0', 2, 0),
      disk('mmcblk0p2', 2, 0),
      disk('dm-0', 60, 20),
      disk('md127', 60, 20),
      disk('sr0', 5, 0),
      '',
    ].join('\n');
    expect(Object.fromEntries(parseDiskCounters(text))).toEqual({
      sda: 120 * 512,
      nvme0n1: 10 * 512,
      nvme1n1: 512,
      mmcblk0: 2 * 512,
    });
  });

  it('treats a partition without its disk as a disk, as some clouds name it', () => {
    const text = [disk('xvda1', 4, 0), disk('xvdf', 1, 0), disk('xvdf1', 1, 0)].join('\n');
    expect([...parseDiskCounters(text).keys()]).toEqual(['xvda1', 'xvdf']);
  });

  it('parses the short lines of old kernels', () => {
    expect([...parseDiskCounters('   8       0 sda 1 2 10 4 5 6 20 8 9 10 11')]).toEqual([
      ['sda', 15_360],
    ]);
  });
});

describe('network', () => {
  it('counts traffic that leaves the host once', () => {
    const names = [
      'lo',
      'eth0',
      'wlp2s0',
      'veth12ab',
      'docker0',
      'br-5fa',
      'ifb0',
      'bond0',
      'eth0.100',
      'tun0',
      'virbr0',
    ];
    const lines = names.map((name) => `${name.padStart(8)}: 1000 5 0 0 0 0 0 0 234 4 0 0 0 0 0 0`);
    const head = 'Inter-|   Receive   |  Transmit\n face |bytes    packets|bytes    packets\n';
    expect(Object.fromEntries(parseNetworkCounters(head + lines.join('\n')))).toEqual({
      eth0: 1234,
      wlp2s0: 1234,
    });
  });

  it('parses counters without a space after the name', () => {
    expect([
      ...parseNetworkCounters('  eth0:937861682   26885 0 0 0 0 0 0  1488308 17040 0 0 0 0 0 0'),
    ]).toEqual([['eth0', 939_349_990]]);
  });
});

describe('bytesMoved', () => {
  const counters = (of: Record<string, number>) => new Map(Object.entries(of));

  it('adds the differences of devices that are in both readings', () => {
    const before = counters({ sda: 10, sdb: 5, gone: 99 });
    expect(bytesMoved(before, counters({ sda: 15, sdb: 5, plugged: 1000 }))).toBe(5);
  });

  it('returns null if a counter decreased or there is no device', () => {
    expect(bytesMoved(counters({ sda: 10, sdb: 5 }), counters({ sda: 15, sdb: 4 }))).toBeNull();
    expect(bytesMoved(counters({}), counters({}))).toBeNull();
    expect(bytesMoved(counters({ a: 1 }), counters({ b: 2 }))).toBeNull();
  });
});
