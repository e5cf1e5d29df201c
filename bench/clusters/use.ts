/**
 * `npm run bench:clusters-use -- [--traces sample-fleet,resource-pools] [--days 28] [--keep FOLDER]
 * [--data DIR] [--write]`: the replay of a fleet with its clusters and without any, CPU alone,
 * Foreprint at its own setting: instance-hours, unserved demand, and the CPU time of the trainings.
 * The days of the traces are counted with the first week, which is history.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { kept } from './kept.ts';
import { measureUse, withoutClusters, type Use, type UsedFleet } from './measure-use.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    traces: { type: 'string', default: 'sample-fleet,resource-pools' },
    days: { type: 'string', default: '28' },
    keep: { type: 'string' },
    data: { type: 'string', default: '../shared/data' },
  },
});

const days = Number(given.days);

async function fleetOf(trace: string): Promise<UsedFleet> {
  if (trace === 'resource-pools') {
    const file = join(given.data, 'resource-pools/2024-08.parquet');
    const { applications, stepSeconds } = await readTrace([file]);
    const steps = (days * 86_400) / stepSeconds;
    const beginning = applications.map((one) => ({
      ...one,
      window: sliceWindow(one.window, 0, steps),
    }));
    return { sources: [trace], simulated: false, stepSeconds, applications: beginning };
  }
  const { applications } = createSampleFleet({
    seed: SAMPLE_SEED,
    startSeconds: SAMPLE_START_SECONDS,
    days,
  });
  const { stepSeconds } = applications[0]!.window;
  return { sources: [trace], simulated: true, stepSeconds, applications };
}

const percent = (share: number): string => `${(100 * share).toFixed(3)} %`;

const sumRow = (trace: string, clusters: 'with' | 'without', use: Use) => ({
  trace,
  clusters: clusters === 'with' ? `with, ${use.clusters} at the end` : 'without',
  'instance-hours': use.instanceHours.toFixed(1),
  'unserved demand': percent(use.unservedDemand),
  trainings: use.trainings,
  'of them of clusters': use.clusterTrainings,
  'CPU time of all, s': use.trainingCpuSeconds.toFixed(0),
});

/** Every application with clusters and without any. */
const applicationRows = (trace: string, having: Use, lacking: Use) =>
  having.applications.map((one, k) => ({
    trace,
    application: one.id,
    'instance-hours with': one.instanceHours.toFixed(1),
    without: lacking.applications[k]!.instanceHours.toFixed(1),
    'unserved instance-hours with': one.unservedHours.toFixed(2),
    'without any': lacking.applications[k]!.unservedHours.toFixed(2),
  }));

const sums: ReturnType<typeof sumRow>[] = [];
const rows: ReturnType<typeof applicationRows>[number][] = [];
for (const trace of given.traces.split(',')) {
  const measure = (name: string, change: (settings: Settings) => Settings) =>
    kept(given.keep, `${trace}-${days}-${name}.use`, async () =>
      measureUse(await fleetOf(trace), change),
    );
  const having = await measure('with', (settings) => settings);
  const lacking = await measure('without', withoutClusters);
  sums.push(sumRow(trace, 'with', having), sumRow(trace, 'without', lacking));
  rows.push(...applicationRows(trace, having, lacking));
  console.table(sums.slice(-2));
}
await renewTable('clusters', 'use', sums);
await renewTable('clusters', 'use-by-application', rows);
