/**
 * One allocation decision in the core, model loaded: forecast, three weeks of history read back,
 * decided and logged in memory. `npm run bench:decision -- [--write]`: percentiles over 2,000
 * decisions, in time of the processor, so that other work on the machine does not count.
 * Trained in a thread, as everywhere: no process that decides trains, and what trainings leave
 * behind in its heap would be collected in the decisions' time.
 */
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { poolTrainer } from '#cli/work/pool-trainer.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import { isMeasured, footprintAt } from '#core/domain/footprint-at.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { SAMPLE_SEED, SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';
import { renewTable } from '../write-table.ts';

const DECISIONS = 2000;
const fleet = createSampleFleet({ seed: SAMPLE_SEED, startSeconds: SAMPLE_START_SECONDS });
const { applicationId, applicationType, window } = fleet.applications[0]!;
const models = createMemoryModelStore();
const ports = {
  history: createMemoryHistoryStore(),
  profiles: createMemoryProfileStore({ keepDecisions: 4 }),
  incidents: createMemoryIncidentStore(),
  models,
  forecasters: createForecasterCache((sha256) => models.get(sha256), 8),
};
const points = Array.from({ length: window.values.cpu.length }, (_, step) => ({
  timestampSeconds: window.startSeconds + step * window.stepSeconds,
  footprint: footprintAt(window, step),
})).filter(({ footprint }) => isMeasured(footprint));
await ports.history.append([{ applicationId, applicationType, points }]);
const end = points.at(-1)!.timestampSeconds + window.stepSeconds;
const rows: Record<string, string | number>[] = [];
for (const resources of [['cpu'], ['cpu', 'memory', 'disk', 'network']] as const) {
  const settings = { ...DEFAULT_SETTINGS, resources };
  await withWorkerPool({ signal: new AbortController().signal, workers: 1 }, (pool) =>
    trainApplication({ ...ports, trainer: poolTrainer(pool) }, applicationId, end, settings),
  );
  const state = {
    desiredInstances: 4,
    inServiceInstances: 4,
    pendingInstances: 0,
    limits: { minInstances: 1, maxInstances: 48 },
    instanceCapacity: { cpu: 2, memory: 4 * 2 ** 30, disk: 100 * 2 ** 20, network: 75 * 2 ** 20 },
  };
  const target = { describe: async () => state, setDesired: async () => undefined };
  const times: number[] = [];
  for (let k = 0; k < DECISIONS; k++) {
    const nowSeconds = end - (k % 288) * window.stepSeconds;
    const request = { applicationId, applicationType: null, requested: null, nowSeconds };
    const started = process.cpuUsage();
    await allocate({ ...ports, target }, request, settings);
    times.push(1000 * cpuSecondsSince(started));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor(share * DECISIONS)]!.toFixed(2));
  console.log(
    `${resources.join(', ')}: median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms of CPU for each of ${DECISIONS} decisions`,
  );
  rows.push({
    resources: resources.join(', '),
    'median, ms': at(0.5),
    '99th percentile, ms': at(0.99),
  });
}
await renewTable('speed', 'decision', rows);
