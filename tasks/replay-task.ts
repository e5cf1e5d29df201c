import { contentHash } from '#adapters/encoding/content-hash.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { createOpenMetrics } from '#core/detection/metric/metric-memory.ts';
import { perResource, type Resource } from '#core/domain/footprint.ts';
import { usualWindow } from '#core/expectation/usual-history.ts';
import { forecastLagSteps } from '#core/forecasting/forecast-lag.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import { replayApplication, type ReplayPorts } from '#evaluation/replay/replay-application.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import type { ReplayedApplication } from '#evaluation/replay/summarize-run.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import {
  followedSeries,
  followingForecaster,
  type FollowedSeries,
} from '#models/rolling/following-forecaster.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

/**
 * Models of one application that are used at the same time: one per resource, its own or its
 * cluster's.
 */
const LOADED_MODELS = 8;

/** Entries of the allocation log that are kept beyond those that monitoring looks back at. */
const KEPT_DECISIONS = 64;

/**
 * Replays one application with everything in this thread's memory.
 * @param requireGoing throws once the result is not wanted any more.
 */
export async function replayTask(
  job: ReplayJob,
  requireGoing: () => void,
): Promise<ReplayedApplication> {
  const { ports, release } = openReplay(job, requireGoing);
  const replayed = await replayApplication(ports, job);
  release();
  return replayed;
}

/**
 * What the replay of one application works with, all of it in memory; `release` frees the models.
 */
export function openReplay(
  job: ReplayJob,
  requireGoing: () => void,
): { readonly ports: ReplayPorts; readonly release: () => void } {
  const models = createMemoryModelStore();
  const loaded = createForecasterCache((sha256) => models.get(sha256), LOADED_MODELS);
  const trained = new Map<string, Pick<Forecaster, 'forecast'>>();
  const series = seriesByResource(job);
  const ports: ReplayPorts = {
    history: createMemoryHistoryStore(),
    profiles: createMemoryProfileStore({
      keepDecisions: KEPT_DECISIONS + forecastLagSteps(job.settings),
    }),
    incidents: createMemoryIncidentStore(),
    models,
    trainer: trainerInProcess((onnx, model, { resource }) => {
      trained.set(contentHash(onnx), followingForecaster(model, series[resource]));
    }, null),
    forecasters: {
      get(sha256) {
        requireGoing();
        return Promise.resolve(trained.get(sha256) ?? loaded.get(sha256));
      },
    },
    notifier: { publish: async () => undefined },
    openMetric: createOpenMetrics(),
  };
  return { ports, release: loaded.clear };
}

function seriesByResource({
  window,
  applicationId,
  settings,
}: ReplayJob): Readonly<Record<Resource, FollowedSeries>> {
  const { values, ...grid } = usualWindow(window, applicationId, settings);
  return perResource((resource) => followedSeries({ ...grid, values: values[resource] }));
}
