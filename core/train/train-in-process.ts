import type { BroughtCandidate } from '#models/brought/brought-candidate.ts';
import type { ForecastModel, ModelFamily } from '#models/forecast-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { DEFAULT_FAMILIES, trainModel, type TrainingResult } from '#models/train-model.ts';
import { trainNetwork } from './train-network.ts';
import type { TrainedFile, Trainer, TrainingJob } from './trainer.ts';

/** The trainer that runs here and now: cross-validates, fits, calibrates and exports one model. */
export const trainInProcess: Trainer = trainerInProcess(() => undefined);

/** @param onTrained sees every model beside its file. */
export function trainerInProcess(
  onTrained: (onnx: Uint8Array, model: ForecastModel) => void,
): Trainer {
  return async (job) => {
    const result = await train(job);
    if (result.kind === 'too-little-data') return result;
    onTrained(result.onnx, result.model);
    return toFile(result);
  };
}

async function train(job: TrainingJob): Promise<TrainingResult> {
  const network = await trainNetwork(job);
  return trainUsable(job.brought ?? [], (brought) =>
    trainModel(job.series, job.shape, {
      resource: job.resource,
      unit: job.unit,
      origins: job.origins,
      penalties: job.penalties ?? {},
      brought,
      families: competing(
        job,
        network === null ? DEFAULT_FAMILIES : [...DEFAULT_FAMILIES, network],
      ),
    }),
  );
}

function toFile(result: Extract<TrainingResult, { readonly kind: 'trained' }>): TrainedFile {
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

/** Those that are named; all where nobody is named, or only somebody who is not here any more. */
function competing(
  { candidates }: TrainingJob,
  families: readonly ModelFamily[],
): readonly ModelFamily[] {
  const named = families.filter(({ name }) => candidates?.includes(name) ?? true);
  return named.length === 0 ? families : named;
}

/** A model file with a graph of others in it has to load; where it does not, the training goes without those files. */
export async function trainUsable(
  brought: readonly BroughtCandidate[],
  train: (brought: readonly BroughtCandidate[]) => TrainingResult,
): Promise<TrainingResult> {
  const result = train(brought);
  if (result.kind !== 'trained' || !brought.some(({ name }) => result.model.name.includes(name)))
    return result;
  try {
    await (await loadForecaster(result.onnx)).release();
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return train(brought.map(({ name }) => ({ name, reason })));
  }
}
