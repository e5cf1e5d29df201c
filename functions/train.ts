import { parse } from '@aws-lambda-powertools/parser';
import { trainApplication } from '#core/train/train-application.ts';
import { trainInProcess } from '#core/train/train-in-process.ts';
import { trainEventSchema } from './events/training-events.ts';
import { settings } from './wiring/environment.ts';
import { history } from './wiring/history.ts';
import { instrument } from './wiring/instruments.ts';
import { models } from './wiring/models.ts';
import { profiles } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

/** One application of a training run: trains it and says what became of each resource. */
export const handler = instrument('train', async (event: unknown) => {
  const { applicationId, startedAt } = parse(event, undefined, trainEventSchema);
  if (!(await killSwitch.mayAct())) return { applicationId, stopped: true };
  const ports = { history, profiles, models, trainer: trainInProcess };
  const { trained, skipped } = await trainApplication(ports, applicationId, startedAt, settings);
  return {
    applicationId,
    trained: Object.fromEntries(
      Object.entries(trained).map(([resource, { model, sha256 }]) => [resource, { model, sha256 }]),
    ),
    skipped,
  };
});
