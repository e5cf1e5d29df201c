import { parse } from '@aws-lambda-powertools/parser';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { modelName } from '#core/text/model-name.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { trainEventSchema, trainingRequestsSchema } from './events/training-events.ts';
import { answerRequests } from './training/answer-requests.ts';
import { stoppableTrainer, unlessStopped } from './training/stoppable-trainer.ts';
import { checkOnnxruntimeOnce } from './wiring/check-onnxruntime.ts';
import { history } from './wiring/history.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { models } from './wiring/models.ts';
import { incidents, profiles, settingsWithTags } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

// Every trained file is asked in ONNX Runtime before it is stored.
checkOnnxruntimeOnce();

const { mayAct } = killSwitch;
const trainer = stoppableTrainer(trainInProcess, mayAct);
const ports = { history, profiles, models, incidents, trainer };
const eventSchema = z.union([trainEventSchema, trainingRequestsSchema]);

/** Trains one application of a training run, or newly enrolled applications from the queue. */
export const handler = instrument('train', async (event: unknown, context: Context) => {
  const parsed = parse(event, undefined, eventSchema);
  if (!('Records' in parsed)) return train(parsed);
  // The schema validated all fields that are used.
  const queued = event as SQSEvent;
  return answerRequests({ train, report: reportFailure }, queued, context);
});

/** Trains one application and reports the result per resource. */
async function train(request: z.output<typeof trainEventSchema>): Promise<unknown> {
  const { applicationId, startedAt } = request;
  if (!(await mayAct())) return { applicationId, stopped: true };
  const settings = await settingsWithTags();
  const work = () => trainApplication(ports, applicationId, startedAt, settings);
  const outcome = await unlessStopped(work);
  if (outcome === 'stopped') return { applicationId, stopped: true };
  return {
    applicationId,
    trained: Object.fromEntries(
      Object.entries(outcome.trained).map(([resource, { composition, sha256 }]) => [
        resource,
        { model: modelName(composition), sha256 },
      ]),
    ),
    skipped: outcome.skipped,
  };
}
