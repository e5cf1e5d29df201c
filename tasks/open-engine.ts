import { contentHash } from '#adapters/encoding/content-hash.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { createOpenMetrics } from '#core/detection/metric/metric-memory.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import type { Trainer, TrainerResult, TrainingJob } from '#core/training/trainer.ts';
import type { DemandTrace } from '#evaluation/account/account-world.ts';
import type { EnginePorts } from '#evaluation/account/engine-loop.ts';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { followedSeries, followingForecaster } from '#models/rolling/following-forecaster.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

const KEPT_DECISIONS = 128;
const LOADED_MODELS = 8;

/** What all runs of one application share: the same training is done once. */
export interface SharedTrainings {
  readonly trainer: Trainer;
  readonly modelOf: (sha256: string) => ForecastModel | undefined;
}

export function shareTrainings(): SharedTrainings {
  const models = new Map<string, ForecastModel>();
  const results = new Map<string, Promise<TrainerResult>>();
  const train = trainerInProcess((onnx, model) => void models.set(contentHash(onnx), model), null);
  return {
    trainer: (job) => {
      const key = keyOf(job);
      const known = results.get(key) ?? train(job);
      results.set(key, known);
      return known;
    },
    modelOf: (sha256) => models.get(sha256),
  };
}

function keyOf({ series, ...job }: TrainingJob): string {
  const { startSeconds, values } = series;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return `${startSeconds} ${contentHash(bytes)} ${JSON.stringify(job)}`;
}

/** An engine with everything in memory, for one run over a demand. */
export function openEngine(
  demand: DemandTrace,
  { trainer, modelOf }: SharedTrainings,
): EnginePorts {
  const models = createMemoryModelStore();
  const loaded = createForecasterCache((sha256) => models.get(sha256), LOADED_MODELS);
  const series = followedSeries(demand);
  const followed = new Map<string, Pick<Forecaster, 'forecast'>>();
  const follow = (sha256: string) => {
    const model = modelOf(sha256);
    const own = model && (followed.get(sha256) ?? followingForecaster(model, series));
    if (own) followed.set(sha256, own);
    return own;
  };
  return {
    history: createMemoryHistoryStore(),
    profiles: createMemoryProfileStore({ keepDecisions: KEPT_DECISIONS }),
    incidents: createMemoryIncidentStore(),
    models,
    trainer,
    forecasters: { get: async (sha256) => follow(sha256) ?? loaded.get(sha256) },
    notifier: { publish: async () => undefined },
    openMetric: createOpenMetrics(),
  };
}
