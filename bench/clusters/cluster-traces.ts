import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';

/** One application on the grid that all applications of its trace share. */
export interface TracedApplication {
  readonly id: string;
  readonly type: string | null;
  readonly window: FootprintWindow;
  /** What kind the trace says that it is; null where it says nothing. */
  readonly label: string | null;
  /** False where the trace says that the application begins within it, or turns into another. */
  readonly isSteady: boolean;
}

type Reader = () => Promise<readonly TracedApplication[]>;

/** Another fleet than the one that the replay shows. */
const SAMPLE = { seed: 2, startSeconds: SAMPLE_START_SECONDS, days: 28 };

function traceFile(file: string, every = 1, offset = 0): Reader {
  return async () => {
    const { applications } = await readTrace([file]);
    return applications
      .filter((_, k) => k % every === offset)
      .map(({ applicationId: id, window }) => ({
        id,
        type: null,
        window,
        label: null,
        isSteady: true,
      }));
  };
}

/** Machines with the period that was found for them. */
function periodicMachines(folder: string): Reader {
  return async () => {
    const rows = (await readFile(join(folder, 'periodic-labels.csv'), 'utf8')).trim().split('\n');
    const periods = new Map(rows.slice(1).map((row) => row.split(',') as [string, string]));
    const machines = await traceFile(join(folder, 'periodic.parquet'))();
    return machines.map((one) => ({ ...one, label: periods.get(one.id) ?? null }));
  };
}

const sampleFleet: Reader = async () => {
  const { applications, events } = createSampleFleet(SAMPLE);
  const changing = new Set(
    events
      .filter(({ kind }) => kind === 'drift' || kind === 'new')
      .map(({ applicationId }) => applicationId),
  );
  return applications.map(({ applicationId, applicationType, window }) => ({
    id: applicationId,
    type: applicationType,
    window,
    label: applicationType,
    isSteady: !changing.has(applicationId),
  }));
};

/** Every trace by its name, read when it is asked for. Of Bitbrains, every fourth machine. */
export function clusterTraces(data: string): ReadonlyMap<string, Reader> {
  return new Map([
    ['sample-fleet', sampleFleet],
    ['resource-pools', traceFile(join(data, 'resource-pools/2024-08.parquet'))],
    ['azure-vms', traceFile(join(data, 'azure-vms/2016-11.parquet'))],
    ['azure-periodic', periodicMachines(join(data, 'azure-vms'))],
    ['bitbrains-2013-08', traceFile(join(data, 'bitbrains-rnd/2013-08.parquet'), 4, 3)],
    ['bitbrains-2013-09', traceFile(join(data, 'bitbrains-rnd/2013-09.parquet'), 4, 3)],
  ]);
}
