import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import type { Alert } from '#core/domain/ports.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';

/** Every port of the core in memory, and the alerts that were published. */
export function memoryPorts() {
  const models = createMemoryModelStore();
  const alerts: Alert[] = [];
  return {
    history: createMemoryHistoryStore(),
    profiles: createMemoryProfileStore({}),
    incidents: createMemoryIncidentStore(),
    models,
    trainer: trainInProcess,
    forecasters: createForecasterCache((sha256) => models.get(sha256), 8),
    notifier: {
      publish: async (alert: Alert) => {
        alerts.push(alert);
      },
    },
    alerts,
  };
}
