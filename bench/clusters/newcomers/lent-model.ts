import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { clusterProfile } from '#core/clustering/cluster-profile.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { borrowHistory } from '#core/forecasting/borrow-history.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainCluster } from '#core/use-cases/train-cluster.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import type { TracedApplication } from '../cluster-traces.ts';

/** A cluster with the model that it lends. */
export interface LentModel {
  readonly cluster: ClusterProfile;
  readonly forecaster: Forecaster;
  readonly context: number;
}

/**
 * Trains the model that a cluster lends, on what its established members did before a step, as the
 * product does. Null where nobody used anything.
 */
export async function lentModel(
  cluster: ClusterProfile,
  request: {
    readonly established: readonly TracedApplication[];
    readonly cut: number;
    readonly settings: Settings;
  },
): Promise<LentModel | null> {
  const { established, cut, settings } = request;
  const models = createMemoryModelStore();
  const windows = established
    .filter(({ id }) => cluster.applications.includes(id))
    .map(({ window }) => sliceWindow(window, 0, cut));
  const ports = { models, trainer: trainInProcess };
  const profile = await trainCluster(ports, { cluster, windows }, settings);
  const reference = profile.predictiveModel.cpu;
  if (!reference) return null;
  const forecaster = await loadForecaster(await models.get(reference.sha256));
  return { cluster: profile, forecaster, context: reference.shape.context };
}

/** All established applications as one cluster. */
export function wholeFleet(established: readonly TracedApplication[], cut: number): ClusterProfile {
  const applications = established.map(({ id }) => id);
  const windows = established.map(({ window }) => sliceWindow(window, 0, cut));
  const all = { clusterId: 'all', name: 'all', applications, medoid: applications[0]!, windows };
  return clusterProfile(all, undefined);
}

/**
 * Forecast of the whole horizon by a lent model.
 * @param known what was measured of the newcomer, NaN before.
 */
export async function borrowedForecast(
  { cluster, forecaster, context }: LentModel,
  known: Float64Array,
  when: { readonly originSeconds: number; readonly stepSeconds: number },
): Promise<Float64Array> {
  const values = new Float64Array(context).fill(NaN);
  const newest = known.subarray(Math.max(0, known.length - context));
  values.set(newest, context - newest.length);
  const { history, scale } = borrowHistory(values, { cluster, resource: 'cpu', ...when });
  const out = await forecaster.forecast(new Float32Array(history), [when.originSeconds]);
  return Float64Array.from(out, (value) => value * scale);
}
