import type { BroughtCandidate } from '#models/brought/brought-candidate.ts';
import { lstmFamily } from '#models/lstm/lstm-family.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { DEFAULT_FAMILIES, trainModel, type TrainingResult } from '#models/train-model.ts';
import { NETWORK_NAME, networkFamilies } from './network-families.ts';
import { trainNetwork } from './train-network.ts';
import type { TrainerResult, TrainingJob } from './trainer.ts';

/** The trainer that runs here and now: cross-validates, fits, calibrates and exports one model. */
export async function trainInProcess(job: TrainingJob): Promise<TrainerResult> {
  const trained = await trainNetwork(job);
  const networks = trained
    ? [lstmFamily(NETWORK_NAME, trained.network)]
    : await networkFamilies(job);
  const result = await trainUsable(job.brought ?? [], (brought) =>
    trainModel(job.series, job.shape, {
      resource: job.resource,
      unit: job.unit,
      origins: job.origins,
      penalties: job.penalties ?? {},
      brought,
      families: [...DEFAULT_FAMILIES, ...networks],
    }),
  );
  if (result.kind === 'too-little-data') return result;
  const isPart = result.model.name.split(/[+&]/).includes(NETWORK_NAME);
  return {
    ...(trained !== null && isPart && { network: trained }),
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
