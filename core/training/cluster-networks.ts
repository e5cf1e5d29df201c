import type { Resource } from '#core/domain/footprint.ts';
import type { ModelStore, ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, NetworkReference } from '#core/domain/profiles.ts';
import type { NetworkSettings } from '#core/domain/settings/settings.ts';
import { decodeLstm } from '#models/families/lstm/lstm-file.ts';
import type { OfferedNetwork } from './trainer.ts';

/**
 * The network of a resource that an application's cluster has to offer; null where there is none.
 */
export type ClusterNetworks = (resource: Resource) => Promise<OfferedNetwork | null>;

const NONE: ClusterNetworks = async () => null;

/**
 * What the cluster of an application offers. Clusters are read once, and only for an application
 * that is in one.
 */
export async function clusterNetworks(
  ports: { readonly profiles: ProfileStore; readonly models: ModelStore },
  profile: ApplicationProfile | null,
  { tuneEpochs, seed }: NetworkSettings,
): Promise<ClusterNetworks> {
  const clusterId = profile?.clusterId ?? null;
  if (clusterId === null || tuneEpochs === 0) return NONE;
  const clusters = await ports.profiles.clusters();
  const cluster = clusters.find((candidate) => candidate.clusterId === clusterId);
  if (!cluster) return NONE;
  return async (resource) => {
    const reference = cluster.predictiveModel[resource]?.network;
    const network = reference && (await readNetwork(ports.models, reference));
    if (!reference || !network) return null;
    return { network, learnedToSeconds: reference.learnedToSeconds, tuneEpochs, seed };
  };
}

/** A network is one candidate among many: without its file the training goes on without it. */
async function readNetwork(models: ModelStore, { sha256 }: NetworkReference) {
  try {
    return decodeLstm(await models.get(sha256));
  } catch {
    return null;
  }
}
