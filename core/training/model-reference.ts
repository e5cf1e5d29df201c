import type { ModelStore } from '#core/domain/ports.ts';
import type { ModelReference, NetworkReference } from '#core/domain/profiles.ts';
import { encodeLstm } from '#models/families/lstm/lstm-file.ts';
import type { LearnedNetwork, TrainedFile } from './trainer.ts';

/**
 * Stores a trained file, and the network that is part of it, and returns the reference that
 * profiles keep of it.
 */
export async function storeModel(
  models: ModelStore,
  trained: TrainedFile,
): Promise<ModelReference> {
  const { sha256, file } = await models.put(trained.onnx);
  const { network } = trained;
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
    ...(network === undefined ? {} : { network: await storeNetwork(models, network) }),
  };
}

async function storeNetwork(
  models: ModelStore,
  { network, learnedToSeconds }: LearnedNetwork,
): Promise<NetworkReference> {
  const { sha256, file } = await models.put(encodeLstm(network));
  return { file, sha256, learnedToSeconds };
}
