import { parse } from '@aws-lambda-powertools/parser';
import { recluster } from '#core/cluster/recluster.ts';
import { trainClusters } from '#core/train/train-clusters.ts';
import { trainInProcess } from '#core/train/train-in-process.ts';
import { reclusterEventSchema } from './events/training-events.ts';
import { settings } from './wiring/environment.ts';
import { history } from './wiring/history.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { models } from './wiring/models.ts';
import { profiles } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

/** Last step of a training run: refines the clusters and trains their models on what is stored now. */
export const handler = instrument('recluster', async (event: unknown) => {
  const { startedAt } = parse(event, undefined, reclusterEventSchema);
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const outcome = await recluster({ history, profiles }, startedAt, settings);
  for (const { applicationId, error } of outcome.failures) reportFailure(applicationId, error);
  const ports = { history, profiles, models, trainer: trainInProcess };
  const clusters = await trainClusters(ports, startedAt, settings);
  return {
    clusters: clusters.length,
    moves: outcome.moves.length,
    failed: outcome.failures.length,
  };
});
