import { parse } from '@aws-lambda-powertools/parser';
import { recluster } from '#core/use-cases/recluster.ts';
import { reclusterEventSchema } from './events/training-events.ts';
import { historyOfListed } from './training/history-of-listed.ts';
import { toleratedPercentage } from './training/tolerated-percentage.ts';
import { history } from './wiring/history.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { readRunFile, writeRunFile } from './wiring/run-files.ts';
import { profiles, settingsWithTags } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

/** Training run: refines the clusters of its applications and lists them for training. */
export const handler = instrument('recluster', async (event: unknown) => {
  const { startedAt, run, toleratedFailurePercentage } = parse(
    event,
    undefined,
    reclusterEventSchema,
  );
  const key = `runs/lists/${run}-clusters.json`;
  if (!(await killSwitch.mayAct())) {
    await writeRunFile(key, []);
    return { key, stopped: true, tolerated: toleratedFailurePercentage };
  }
  const listed = historyOfListed(history, await readRunFile(`runs/lists/${run}.json`));
  const settings = await settingsWithTags();
  const outcome = await recluster({ history: listed, profiles }, startedAt, settings);
  for (const { applicationId, error } of outcome.failures) reportFailure(applicationId, error);
  await writeRunFile(
    key,
    outcome.clusters.map(({ clusterId }) => clusterId),
  );
  return {
    key,
    clusters: outcome.clusters.length,
    moves: outcome.moves.length,
    failed: outcome.failures.length,
    tolerated: toleratedPercentage(outcome.clusters.length, toleratedFailurePercentage),
  };
});
