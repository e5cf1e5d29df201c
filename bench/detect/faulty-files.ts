import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { createRandom } from '#core/domain/random.ts';
import { FAULTS_PER_APPLICATION, FAULTS_WANTED, inject } from './injected-faults.ts';
import type { LabelledFile } from './labelled-files.ts';

/** A fault that is noticed within an hour of its end was found. */
const NOTICE_ROWS = 12;

/** The CPU of busy machines with injected faults, as a labelled benchmark. */
export async function readFaultyFiles(month: string): Promise<readonly LabelledFile[]> {
  const path = join(import.meta.dirname, `../../../shared/data/bitbrains-rnd/${month}.parquet`);
  const { applications } = await readTrace([path]);
  const random = createRandom(7);
  return applications
    .filter(({ window }) => isBusy(window.values.cpu))
    .slice(0, FAULTS_WANTED / FAULTS_PER_APPLICATION)
    .map(({ window }, k) => {
      const { window: spoilt, faults } = inject(window, k, random);
      const { startSeconds, stepSeconds } = spoilt;
      return {
        name: `faults/${k}`,
        category: 'faults',
        times: spoilt.values.cpu.map((_, row) => startSeconds + row * stepSeconds),
        values: spoilt.values.cpu,
        windows: faults.map(
          ({ fault, fromRow }) => [fromRow, fromRow + fault.rows + NOTICE_ROWS] as const,
        ),
      };
    });
}

/** Idle machines show nothing that a fault could change. */
export function isBusy(cpu: Float64Array): boolean {
  const measured = cpu.filter((value) => Number.isFinite(value));
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  return measured.length > 0.95 * cpu.length && mean > 0.02;
}
