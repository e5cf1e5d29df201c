import type { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '#cli/context/command-context.ts';
import { storeCommand, storeCommandOptions } from '#cli/options/common-options.ts';
import { count, instant, path } from '#cli/options/option-types.ts';
import { parseOptions } from '#cli/options/parse-options.ts';
import { jsonText } from '#cli/output/json-text.ts';
import { withOutputs } from '#cli/output/with-outputs.ts';
import { trainingDocument } from '#cli/presenters/training-document.ts';
import { trainingLines } from '#cli/presenters/training-lines.ts';
import { createProgress, withProgress } from '#cli/progress/create-progress.ts';
import { loadSettings, namesStep } from '#cli/settings/load-settings.ts';
import { chosenHistories } from '#cli/store/chosen-histories.ts';
import { nowOf } from '#cli/store/now-of.ts';
import { byStep } from '#cli/store/step-of.ts';
import { withExistingStore } from '#cli/store/with-store.ts';
import { withCandidates } from '#cli/work/open-candidates.ts';
import { trainAllClusters, trainAll, type TrainingFailure } from '#cli/work/train-stored.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { simulatedRemark } from '#core/text/simulated-remark.ts';
import { hasOnnxruntime } from '#models/onnx/onnxruntime.ts';

const UNCHECKED =
  'ONNX Runtime is not installed: files were checked by the definitions of their models alone, and no network was trained';

type Trained = Awaited<ReturnType<typeof trainAll>>;

const options = z.object({
  ...storeCommandOptions,
  at: instant.optional(),
  workers: count.optional(),
  candidates: path.optional(),
});

/** `foreprint train`: cross-validation, training, ONNX files, profiles. */
export function trainCommand(context: CommandContext): Command {
  return storeCommand('train')
    .description('trains applications on their stored history (default: all)')
    .argument('[app...]', 'applications')
    .option('--at <time>', 'use only data from before this time (ISO 8601, or "last")')
    .option('--workers <n>', 'threads (default: one per processor)')
    .option('--candidates <dir>', 'ONNX files of your own that compete (see docs/candidates.md)')
    .action((names: string[], rawOptions: unknown) =>
      runTrain(context, names, parseOptions(options, rawOptions)),
    );
}

async function runTrain(
  context: CommandContext,
  names: readonly string[],
  {
    json,
    quiet,
    store: directory,
    config,
    calendar,
    at,
    workers,
    wait,
    candidates: files,
  }: z.output<typeof options>,
): Promise<void> {
  const { signal, clock } = context;
  const settings = withCompetition(await loadSettings(config, calendar));
  await withOutputs({ json }, (outputs) =>
    withExistingStore({ directory, signal, waitSeconds: wait }, (store) =>
      withWorkerPool({ signal, workers }, async (pool) => {
        const chosen = await chosenHistories(store.history, names);
        const isStepGiven = await namesStep(config);
        const groups = isStepGiven
          ? [{ stepSeconds: settings.stepSeconds, remark: null, histories: chosen }]
          : await byStep(chosen, store.profiles, settings);
        const { outcomes, failures } = await withProgress(context, { quiet }, async (progress) => {
          const note = (message: string) => progress.note(message);
          const simulated = simulatedRemark(chosen);
          if (simulated !== null) note(simulated);
          return withCandidates({ directory: files, note }, async (candidates) => {
            const results: Trained[] = [];
            for (const [index, { stepSeconds, remark, histories }] of groups.entries()) {
              const own = { ...settings, stepSeconds };
              const run = { store, pool, settings: own, progress, candidates };
              const jobs = histories.map((history) => {
                return { history, now: nowOf(at, history, clock.nowSeconds()) };
              });
              if (remark !== null) note(remark);
              results.push(await trainAll(run, jobs));
              // Clusters have one step: that of most applications, which come first.
              if (names.length === 0 && index === 0) await trainAllClusters(run, jobs);
            }
            return {
              outcomes: results.flatMap((result) => result.outcomes),
              failures: results.flatMap((result) => result.failures),
            };
          });
        });
        if (!(await hasOnnxruntime())) createProgress(context, { quiet }).note(UNCHECKED);
        await outputs.json?.write(jsonText(trainingDocument(outcomes)));
        trainingLines(outcomes).forEach(context.print);
        if (failures.length > 0) throw new Error(failureText(failures));
      }),
    ),
  );
}

function failureText(failures: readonly TrainingFailure[]): string {
  const [first, ...others] = failures;
  const more = others.length === 0 ? '' : `; ${others.length} more: ${names(others)}`;
  return `${first!.name} could not be trained: ${first!.problem}${more}`;
}

const names = (failures: readonly TrainingFailure[]): string =>
  failures.map(({ name }) => name).join(', ');

/** A requested training compares all candidates, however recent the last comparison is. */
function withCompetition(settings: Settings): Settings {
  return { ...settings, training: { ...settings.training, competeEverySeconds: 0 } };
}
