import { DEFAULT_FAMILIES, trainModel } from '#models/train-model.ts';
import { trainNetwork } from './train-network.ts';
import type { TrainerResult, TrainingJob } from './trainer.ts';

/** The trainer that runs here and now: cross-validates, fits, calibrates and exports one model. */
export async function trainInProcess(job: TrainingJob): Promise<TrainerResult> {
  const network = await trainNetwork(job);
  const result = trainModel(job.series, job.shape, {
    resource: job.resource,
    unit: job.unit,
    origins: job.origins,
    penalties: job.penalties ?? {},
    ...(network === null ? {} : { families: [...DEFAULT_FAMILIES, network] }),
  });
  if (result.kind === 'too-little-data') return result;
  return {
    kind: 'trained',
    model: result.model.name,
    onnx: result.onnx,
    shape: result.model.shape,
    crossValidation: result.table,
    reliability: {
      relativeWidth: result.relativeWidth,
      loss: result.loss,
      coverage80: result.coverage80,
    },
    trainedFromSeconds: result.trainedFromSeconds,
    trainedToSeconds: result.trainedToSeconds,
  };
}
