import { expect, it } from 'vitest';
import { pointLine } from '#cli/output/point-line.ts';

it('tells points of the same minute apart', () => {
  const footprint = { cpu: 1.5, memory: 2 ** 31, disk: null, network: 1e6 };
  const at = Date.UTC(2026, 0, 5, 13, 28) / 1000;
  const lines = [0, 15].map((after) => pointLine({ timestampSeconds: at + after, footprint }));
  expect(lines).toEqual([
    '2026-01-05 13:28:00  cpu 1.5 cores  memory 2 GiB  disk –  network 1 MB/s',
    '2026-01-05 13:28:15  cpu 1.5 cores  memory 2 GiB  disk –  network 1 MB/s',
  ]);
});
