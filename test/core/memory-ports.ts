import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { createOpenMetrics } from '#core/detection/metric/metric-memory.ts';
import type { Alert } from '#core/domain/ports.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

/** Enough for a daily or weekly shape. ARIMA and the network take most of a training. */
const QUICK_CANDIDATES = [
  'drift',
  'seasonal-naive-day',
  'seasonal-naive-week',
  'quantile-mixture',
  'exponential-smoothing',
  'seasonal-autoregression',
];

const train = trainerInProcess(() => undefined, null);

/**
 * A training among few candidates, for tests of what is done with a model. ONNX Runtime does not
 * load its file: models are asked by their definitions.
 */
export const quickTrainer: Trainer = (job) => train({ candidates: QUICK_CANDIDATES, ...job });

/**
 * Every port of the core in memory, and the alerts that were published. Metrics stay open from step
 * to step, as in a replay; reading them anew gives the same, see metric-memory.test.ts.
 */
export function memoryPorts() {
  const models = createMemoryModelStore();
  const alerts: Alert[] = [];
  return {
    history: createMemoryHistoryStore(),
    profiles: createMemoryProfileStore({}),
    incidents: createMemoryIncidentStore(),
    models,
    trainer: quickTrainer,
    forecasters: createForecasterCache((sha256) => models.get(sha256), 8),
    notifier: {
      publish: async (alert: Alert) => {
        alerts.push(alert);
      },
    },
    alerts,
    openMetric: createOpenMetrics(),
  };
}
