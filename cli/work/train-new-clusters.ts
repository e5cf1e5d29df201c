import type { OpenStore } from '#cli/store/with-store.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { trainClusters } from '#core/use-cases/train-clusters.ts';
import { poolTrainer } from './pool-trainer.ts';

/** True for a cluster without any model. */
export function isUntrained({ predictiveModel }: ClusterProfile): boolean {
  return Object.keys(predictiveModel).length === 0;
}

/**
 * Trains all clusters. Applications without their own model use the cluster's, so a new cluster is
 * trained at once.
 */
export async function trainNewClusters(
  store: OpenStore,
  run: {
    readonly signal: AbortSignal;
    readonly workers?: number | undefined;
    readonly nowSeconds: number;
  },
  settings: Settings,
): Promise<void> {
  await withWorkerPool(run, async (pool) => {
    await trainClusters({ ...store, trainer: poolTrainer(pool) }, run.nowSeconds, settings);
  });
}
