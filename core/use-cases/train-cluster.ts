import { meanShapeSeries } from '#core/clustering/shape/mean-shape-series.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import type { ModelStore } from '#core/domain/ports.ts';
import type { ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { storeModel } from '#core/training/model-reference.ts';
import type { Trainer } from '#core/training/trainer.ts';

/** Cluster models forecast shapes: use divided by an application's own mean use. */
export const SHAPE_UNIT = 'mean levels';

/**
 * Trains a cluster's models on the mean shape of its members, for applications that have too little
 * history of their own; among the candidates is a network trained on the members themselves.
 * Resources nobody measured, or not for long enough, keep the model they had.
 * @param windows the members' histories on one grid.
 */
export async function trainCluster(
  ports: { readonly models: ModelStore; readonly trainer: Trainer },
  {
    cluster,
    windows,
  }: { readonly cluster: ClusterProfile; readonly windows: readonly FootprintWindow[] },
  { resources, training }: Settings,
): Promise<ClusterProfile> {
  const predictiveModel: Partial<Record<Resource, ModelReference>> = { ...cluster.predictiveModel };
  for (const resource of resources) {
    const series = meanShapeSeries(windows, resource);
    if (series === null) continue;
    const { context, horizon, levels, origins } = training;
    const result = await ports.trainer({
      resource,
      unit: SHAPE_UNIT,
      series,
      shape: { stepSeconds: series.stepSeconds, context, horizon, levels },
      origins,
      network: { ...training.network, members: windows.map(({ values }) => values[resource]) },
    });
    if (result.kind === 'trained') {
      predictiveModel[resource] = await storeModel(ports.models, result);
    }
  }
  return { ...cluster, predictiveModel };
}
