import type { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { count, instant } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { reclusterLines } from '#cli/presenters/cluster-lines.ts';
import { reclusterDocument } from '#cli/presenters/recluster-document.ts';
import { withProgress } from '#cli/progress/create-progress.ts';
import { loadSettings, namesStep } from '#cli/settings/load-settings.ts';
import { chosenHistories } from '#cli/store/chosen-histories.ts';
import { newestHistory } from '#cli/store/newest-history.ts';
import { nowOf } from '#cli/store/now-of.ts';
import { byStep } from '#cli/store/step-of.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import { isUntrained, trainNewClusters } from '#cli/work/train-new-clusters.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { recluster } from '#core/use-cases/recluster.ts';

const options = z.object({
  ...storeCommandOptions,
  at: instant.optional(),
  workers: count.optional(),
});

/** `foreprint recluster`: refines the clusters of the stored profiles. */
export function reclusterCommand(context: CommandContext): Command {
  return storeCommand('recluster')
    .description('refines the clusters of the stored applications')
    .option('--at <time>', 'use only data from before this time (ISO 8601, or "last")')
    .option('--workers <n>', 'threads for training new clusters (default: one per processor)')
    .action((rawOptions: unknown) => runRecluster(context, parseOptions(options, rawOptions)));
}

async function runRecluster(
  context: CommandContext,
  { json, quiet, store: directory, config, calendar, at, workers, wait }: z.output<typeof options>,
): Promise<void> {
  const { signal, clock, print } = context;
  const given = await loadSettings(config, calendar);
  await withOutputs({ json }, (outputs) =>
    withExistingStore({ directory, signal, waitSeconds: wait }, async (store) => {
      const histories = await chosenHistories(store.history, []);
      const now = nowOf(at, newestHistory(histories), clock.nowSeconds());
      const [common] = (await namesStep(config))
        ? []
        : await byStep(histories, store.profiles, given);
      const settings = { ...given, stepSeconds: common?.stepSeconds ?? given.stepSeconds };
      const outcome = await withProgress(context, { quiet }, async (progress) => {
        const remarks = [now.remark, simulatedRemark(histories)];
        remarks.forEach((remark) => remark !== null && progress.note(remark));
        progress.start('Refining clusters', null);
        const refined = await recluster(store, now.seconds, settings);
        if (refined.clusters.some(isUntrained)) {
          progress.start('Training new clusters', null);
          const run = { signal, workers, nowSeconds: now.seconds };
          await trainNewClusters(store, run, settings);
        }
        return refined;
      });
      await outputs.json?.write(jsonText(reclusterDocument(outcome, now.seconds)));
      reclusterLines(outcome).forEach(print);
      const [failure] = outcome.failures;
      if (failure) throw new Error(`${failure.applicationId}: ${failure.error.message}`);
    }),
  );
}
