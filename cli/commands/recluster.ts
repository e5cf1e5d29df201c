import { Command } from 'commander';
import { z } from 'zod';
import { recluster, type ReclusterOutcome } from '#core/cluster/recluster.ts';
import type { ApplicationHistory } from '#core/ports.ts';
import type { ClusterProfile } from '#core/profiles.ts';
import type { Settings } from '#core/settings.ts';
import { trainClusters } from '#core/train/train-clusters.ts';
import type { TrainerResult, TrainingJob } from '#core/train/trainer.ts';
import type { CommandContext } from '#cli/command-context.ts';
import { clusterDocument } from '#cli/documents/cluster-document.ts';
import { isoTime } from '#cli/documents/iso-time.ts';
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
import { loadSettings } from '#cli/settings/load-settings.ts';
import { chosenHistories } from '#cli/store/chosen-histories.ts';
import { nowOf, type Now } from '#cli/store/now-of.ts';
import { withExistingStore, type OpenStore } from '#cli/store/with-store.ts';
import { clusterLines, outsiderLine } from '#cli/texts/cluster-lines.ts';
import { withWorkerPool } from '#cli/work/worker-pool.ts';

const options = z.object({
  ...commonOptions,
  ...storeOption,
  ...settingsOption,
  at: instant.optional(),
  workers: count.optional(),
});

/** `foreprint recluster`: cluster refinement over the stored profiles. */
export function reclusterCommand(context: CommandContext): Command {
  const command = withCommonOptions(new Command('recluster'));
  return withSettingsOption(withStoreOption(command))
    .description('refines the clusters of the stored applications')
    .option('--at <time>', 'look at what lies before this (ISO 8601, or "last")')
    .option('--workers <n>', 'threads for training new clusters (default: one per processor)')
    .action((given: unknown) => runRecluster(context, parseOptions(options, given)));
}

async function runRecluster(
  context: CommandContext,
  { json, quiet, store: directory, config, at, workers }: z.output<typeof options>,
): Promise<void> {
  const { signal, clock, print } = context;
  const settings = await loadSettings(config);
  await withOutputs({ json }, (outputs) =>
    withExistingStore({ directory, signal }, async (store) => {
      const now = nowOf(at, newest(await chosenHistories(store.history, [])), clock.nowSeconds());
      const outcome = await withProgress(context, { quiet }, async (progress) => {
        if (now.remark !== null) progress.note(now.remark);
        progress.start('Refining clusters', null);
        const refined = await recluster(store, now.seconds, settings);
        if (refined.clusters.some(isUntrained)) {
          progress.start('Training new clusters', null);
          await trainNewClusters(context, { store, workers, nowSeconds: now.seconds, settings });
        }
        return refined;
      });
      await outputs.json?.write(jsonText(reclusterDocument(outcome, now)));
      reclusterLines(outcome).forEach(print);
      const [failure] = outcome.failures;
      if (failure) throw new Error(`${failure.applicationId}: ${failure.error.message}`);
    }),
  );
}

function isUntrained({ predictiveModel }: ClusterProfile): boolean {
  return Object.keys(predictiveModel).length === 0;
}

/** A cluster is there to be borrowed from, so a new one gets its models at once. */
async function trainNewClusters(
  { signal }: CommandContext,
  run: {
    readonly store: OpenStore;
    readonly workers: number | undefined;
    readonly nowSeconds: number;
    readonly settings: Settings;
  },
): Promise<void> {
  await withWorkerPool({ signal, workers: run.workers }, async (pool) => {
    const trainer = (job: TrainingJob) => pool.run<TrainerResult>('train', job);
    await trainClusters({ ...run.store, trainer }, run.nowSeconds, run.settings);
  });
}

function newest(histories: readonly ApplicationHistory[]): ApplicationHistory | null {
  return histories.reduce<ApplicationHistory | null>(
    (latest, history) =>
      latest === null || history.lastSeconds > latest.lastSeconds ? history : latest,
    null,
  );
}

function reclusterDocument(outcome: ReclusterOutcome, now: Now): unknown {
  return {
    refined_at: isoTime(now.seconds),
    clusters: outcome.clusters.map(clusterDocument),
    assignments: outcome.assignments.map((assignment) => ({
      application_id: assignment.applicationId,
      cluster_id: assignment.clusterId,
      divergence_streak: assignment.divergenceStreak,
      reason: assignment.reason,
    })),
    moves: outcome.moves.map(({ applicationId, ...move }) => {
      return { application_id: applicationId, ...move };
    }),
  };
}

function reclusterLines({ clusters, assignments, moves }: ReclusterOutcome): readonly string[] {
  const moved = moves.map(
    ({ applicationId, from, to, reason }) =>
      `${applicationId} moved from ${from ?? 'its own profile'} to ${to ?? 'its own profile'}: ${reason}`,
  );
  return [...clusterLines(clusters), ...outsiderLine(assignments), ...moved];
}
