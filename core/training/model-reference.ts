import type { ModelStore } from '#core/domain/ports.ts';
import type { ModelReference } from '#core/domain/profiles.ts';
import type { TrainedFile } from './trainer.ts';

/** Stores a trained file and returns the reference that profiles keep of it. */
export async function storeModel(
  models: ModelStore,
  trained: TrainedFile,
): Promise<ModelReference> {
  const { sha256, file } = await models.put(trained.onnx);
  return {
    model: trained.model,
    composition: trained.composition,
    file,
    sha256,
    shape: trained.shape,
    trainedFromSeconds: trained.trainedFromSeconds,
    trainedToSeconds: trained.trainedToSeconds,
    crossValidation: trained.crossValidation,
    reliability: trained.reliability,
  };
}
