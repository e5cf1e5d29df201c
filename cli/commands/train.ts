import { Command } from 'commander';
import { z } from 'zod';
import type { Settings } from '#core/settings.ts';
import { trainApplication, type TrainingOutcome } from '#core/train/train-application.ts';
import { trainClusters } from '#core/train/train-clusters.ts';
import type { ApplicationHistory } from '#core/ports.ts';
import type { TrainerResult, TrainingJob } from '#core/train/trainer.ts';
import type { CommandContext } from '#cli/command-context.ts';
import {
  commonOptions,
  settingsOption,
  storeOption,
  withCommonOptions,
  withSettingsOption,
  withStoreOption,
} from '#cli/options/common-options.ts';
import { count, instant } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import type { Progress } from '#cli/progress/progress.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { chosenHistories } from '#cli/store/chosen-histories.ts';
import { nowOf } from '#cli/store/now-of.ts';
import { withExistingStore, type OpenStore } from '#cli/store/with-store.ts';
import { trainingDocument } from '#cli/documents/training-document.ts';
import { trainingLines } from '#cli/texts/training-lines.ts';
import { eachInParallel } from '#cli/work/each-in-parallel.ts';
import { withWorkerPool, type WorkerPool } from '#cli/work/worker-pool.ts';

const options = z.object({
  ...commonOptions,
  ...storeOption,
  ...settingsOption,
  at: instant.optional(),
  workers: count.optional(),
});

/** `foreprint train`: cross-validation, training, ONNX files, profiles. */
export function trainCommand(context: CommandContext): Command {
  const command = withCommonOptions(new Command('train'));
  return withSettingsOption(withStoreOption(command))
    .description('trains applications on what is stored of them (all of them unless named)')
    .argument('[app...]', 'applications')
    .option('--at <time>', 'train on what lies before this (ISO 8601, or "last")')
    .option('--workers <n>', 'threads (default: one per processor)')
    .action((names: string[], given: unknown) =>
      runTrain(context, names, parseOptions(options, given)),
    );
}

async function runTrain(
  context: CommandContext,
  names: readonly string[],
  { json, quiet, store: directory, config, at, workers }: z.output<typeof options>,
): Promise<void> {
  const { signal, clock } = context;
  const settings = await loadSettings(config);
  await withOutputs({ json }, (outputs) =>
    withExistingStore({ directory, signal }, (store) =>
      withWorkerPool({ signal, workers }, async (pool) => {
        const chosen = await chosenHistories(store.history, names);
        const jobs = chosen.map((history) => {
          return { history, now: nowOf(at, history, clock.nowSeconds()) };
        });
        const outcomes = await withProgress(context, { quiet }, async (progress) => {
          const run = { store, pool, settings, progress };
          const trained = await trainAll(run, jobs);
          if (names.length === 0) await trainAllClusters(run, jobs);
          return trained;
        });
        await outputs.json?.write(jsonText(trainingDocument(outcomes)));
        trainingLines(outcomes).forEach(context.print);
      }),
    ),
  );
}

interface TrainingRun {
  readonly store: OpenStore;
  readonly pool: WorkerPool;
  readonly settings: Settings;
  readonly progress: Progress;
}

interface ApplicationJob {
  readonly history: ApplicationHistory;
  readonly now: { readonly seconds: number; readonly remark: string | null };
}

async function trainAll(
  { store, pool, settings, progress }: TrainingRun,
  jobs: readonly ApplicationJob[],
): Promise<readonly TrainingOutcome[]> {
  const trainer = (job: TrainingJob) => pool.run<TrainerResult>('train', job);
  const outcomes: TrainingOutcome[] = [];
  remarks(jobs).forEach((remark) => progress.note(remark));
  progress.start('Training applications', jobs.length);
  await eachInParallel(
    jobs,
    {
      width: pool.size + 1,
      work: ({ history, now }) =>
        trainApplication({ ...store, trainer }, history.applicationId, now.seconds, settings),
    },
    (outcome) => progress.update(outcomes.push(outcome)),
  );
  return outcomes;
}

/** Clusters are trained on all their members, so only when all applications are. */
async function trainAllClusters(
  { store, pool, settings, progress }: TrainingRun,
  jobs: readonly ApplicationJob[],
): Promise<void> {
  const clusters = await store.profiles.clusters();
  if (clusters.length === 0) return;
  progress.start('Training clusters', clusters.length);
  const nowSeconds = Math.max(...jobs.map(({ now }) => now.seconds));
  const trainer = (job: TrainingJob) => pool.run<TrainerResult>('train', job);
  await trainClusters({ ...store, trainer }, nowSeconds, settings);
}

function remarks(jobs: readonly ApplicationJob[]): readonly string[] {
  return [...new Set(jobs.flatMap(({ now }) => now.remark ?? []))];
}
