import { stepStart } from '#core/domain/align-time.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { usualHistory } from '#core/expectation/usual-history.ts';
import type { TrainingPorts } from './train-application.ts';
import { trainCluster } from './train-cluster.ts';

/**
 * Trains the models of all stored clusters on what their members did before `nowSeconds` and stores
 * them.
 * @returns the cluster profiles as they were stored.
 * @throws Error that names the first cluster that could not be trained; it keeps the models that it
 * had, and the others are trained and stored.
 */
export async function trainClusters(
  ports: TrainingPorts,
  nowSeconds: number,
  settings: Settings,
): Promise<readonly ClusterProfile[]> {
  const toSeconds = stepStart(nowSeconds, settings.stepSeconds);
  const range = { fromSeconds: toSeconds - settings.training.windowSeconds, toSeconds };
  const usual = usualHistory(ports.history, settings);
  const clusters: ClusterProfile[] = [];
  let failure: Error | null = null;
  for (const cluster of await ports.profiles.clusters()) {
    try {
      const windows = await Promise.all(
        cluster.applications.map((id) => usual.read(id, range, settings.stepSeconds)),
      );
      clusters.push(await trainCluster(ports, { cluster, windows }, settings));
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      failure ??= new Error(`cluster ${cluster.clusterId}: ${problem}`, { cause });
      clusters.push(cluster);
    }
  }
  await ports.profiles.putClusters(clusters);
  if (failure !== null) throw failure;
  return clusters;
}
