/**
 * `npm run bench:clusters-use -- [--traces sample-fleet,resource-pools] [--data DIR] [--write]`: the
 * replay of a fleet with its clusters and without any, CPU alone, each policy at its own setting:
 * instance-hours, unserved demand and what the trainings take.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createStopwatch } from '#bench/stopwatch.ts';
import { benchArguments, renewTable } from '#bench/write-table.ts';
import { planPolicies } from '#cli/work/plan-policies.ts';
import { replaySource } from '#cli/work/replay-source.ts';
import { openReplay } from '#cli/worker-tasks/replay-task.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import { replayFleet } from '#evaluation/replay/replay-fleet.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';

const { values: given } = parseArgs({
  args: [...benchArguments],
  options: {
    traces: { type: 'string', default: 'sample-fleet,resource-pools' },
    data: { type: 'string', default: '../shared/data' },
  },
});
const FILES: Readonly<Record<string, readonly string[]>> = {
  'sample-fleet': [],
  'resource-pools': [join(given.data, 'resource-pools/2024-08.parquet')],
};
const TRACKING = 'target-tracking';
const plan = planPolicies({
  policies: [TRACKING],
  knobs: new Map([FOREPRINT, TRACKING].map((name) => [name, []])),
  instance: undefined,
  service: WHOLE_SERVICE,
});

/** Nobody is known for so long: there is nobody to make a cluster of. */
const NEVER_SECONDS = 365 * 86_400;
const withoutClusters = (settings: Settings): Settings => {
  return { ...settings, clustering: { ...settings.clustering, minimumSeconds: NEVER_SECONDS } };
};

async function replayed(trace: string, change: (settings: Settings) => Settings) {
  const source = await replaySource(FILES[trace]!, undefined);
  const trainings = createStopwatch();
  // One after the other, so that none counts what another one takes.
  let turn: Promise<unknown> = Promise.resolve();
  const watched =
    (trainer: Trainer): Trainer =>
    (job) => {
      const training = turn.then(() => trainings.time(() => trainer(job)));
      turn = training;
      return training;
    };
  let last: Promise<unknown> = Promise.resolve();
  const result = await replayFleet(
    {
      models: createMemoryModelStore(),
      trainer: watched(trainInProcess),
      runJob: (job) => {
        const { ports, release } = openReplay(job, () => undefined);
        const run = last.then(() =>
          replayApplication({ ...ports, trainer: watched(ports.trainer) }, job).finally(release),
        );
        last = run;
        return run;
      },
      onProgress: () => undefined,
    },
    { ...source, plan },
    change({ ...DEFAULT_SETTINGS, stepSeconds: source.stepSeconds, resources: ['cpu'] }),
  );
  const own = result.policies.find(({ name }) => name === FOREPRINT)!;
  const cpu = trainings.cpuMilliseconds.reduce((sum, one) => sum + one, 0) / 1000;
  return {
    clusters: result.clusters.length,
    'instance-hours': Math.round(own.instanceHours),
    'unserved demand': `${(100 * own.unservedDemand).toFixed(3)} %`,
    trainings: trainings.cpuMilliseconds.length,
    'CPU of trainings, s': Math.round(cpu),
  };
}

const rows = [];
for (const trace of given.traces.split(',')) {
  rows.push({ trace, '': 'with clusters', ...(await replayed(trace, (settings) => settings)) });
  rows.push({ trace, '': 'without', ...(await replayed(trace, withoutClusters)) });
  console.table(rows.slice(-2));
}
await renewTable('clusters', 'use', rows);
