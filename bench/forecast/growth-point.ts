/**
 * One point of `npm run bench:growth`, in a process of its own for a peak memory of its own: `weeks
 * N` trains four of the sample's applications with all resources on N weeks, `applications N`
 * stores N applications' CPU of one week and trains them all. Prints what the training alone took
 * of CPU, and the peak of the whole process, as JSON.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationPoints } from '#adapters/local/traces/trace-batches.ts';
import { SILENT_PROGRESS } from '#cli/progress/progress.ts';
import { withStore, type OpenStore } from '#cli/store/with-store.ts';
import { trainAll } from '#cli/work/train-stored.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import { RESOURCE_UNITS } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { TrainingJob } from '#core/training/trainer.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { cpuSecondsSince } from '../cpu-seconds.ts';

/** Every fifth of the twenty: a web shop, an office application, a batch job and a restless one. */
const EVERY = 5;

/** Of a fleet that is trained before the clock runs. */
const WARM_UP_SEED = 0;

async function trainWeeks(weeks: number): Promise<number> {
  const fleet = createSampleFleet({ seed: 1, startSeconds: SAMPLE_START_SECONDS, days: 7 * weeks });
  const { training, resources } = DEFAULT_SETTINGS;
  const { context, horizon, levels, origins } = training;
  const jobs = fleet.applications
    .filter((_, k) => k % EVERY === 0)
    .flatMap(({ window }) =>
      resources.map((resource): TrainingJob => {
        const { startSeconds, stepSeconds, values } = window;
        const series = { startSeconds, stepSeconds, values: values[resource] };
        const shape = { stepSeconds, context, horizon, levels };
        return { resource, unit: RESOURCE_UNITS[resource], series, shape, origins };
      }),
    );
  // The first fits compile the code.
  await trainInProcess(jobs[0]!);
  const used = process.cpuUsage();
  for (const job of jobs) await trainInProcess(job);
  return cpuSecondsSince(used);
}

async function trainApplications(count: number): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'growth-'));
  const { signal } = new AbortController();
  try {
    return await withStore({ directory, signal }, async (store) => {
      await appendFleet(store, WARM_UP_SEED, 10);
      for (let seed = 1; seed <= Math.ceil(count / 10); seed++) {
        await appendFleet(store, seed, count - 10 * (seed - 1));
      }
      return withWorkerPool({ signal }, async (pool) => {
        const settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] as const };
        const candidates = { competing: async () => [] };
        const histories = await store.history.applications();
        const jobs = histories.map((history) => {
          const seconds = history.lastSeconds + history.stepSeconds;
          return { history, now: { seconds, remark: null } };
        });
        const run = { store, pool, settings, progress: SILENT_PROGRESS, candidates };
        // Compiles the code in every thread. With others than those measured: a second training of
        // the same applications would be about the winners of the first alone, and cheap.
        const isWarmUp = ({ history }: (typeof jobs)[number]): boolean =>
          history.applicationId.startsWith(`${WARM_UP_SEED}-`);
        await trainAll(run, jobs.filter(isWarmUp).slice(0, 2 * pool.size));
        const used = process.cpuUsage();
        await trainAll(
          run,
          jobs.filter((job) => !isWarmUp(job)),
        );
        return cpuSecondsSince(used);
      });
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Stores ten applications of one fleet, or as many as are wanted: of every ten the kinds are the
 * same.
 */
async function appendFleet({ history }: OpenStore, seed: number, most: number): Promise<void> {
  const fleet = createSampleFleet({ seed, startSeconds: SAMPLE_START_SECONDS, days: 7 });
  const wanted = fleet.applications.filter((_, k) => k % 2 === 0).slice(0, most);
  for (const application of wanted) {
    const points = applicationPoints(application);
    await history.append([{ ...points, applicationId: `${seed}-${application.applicationId}` }]);
  }
}

const [kind, given] = process.argv.slice(2);
const size = Number(given);
const cpuSeconds = await (kind === 'weeks' ? trainWeeks(size) : trainApplications(size));
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ size, cpuSeconds, peakMegabytes }));
