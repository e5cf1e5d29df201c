import { createLocalScalingTarget } from '#adapters/local/local-scaling-target.ts';
import type { ForecasterCache } from '#models/onnx/forecaster-cache.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { createDigestNotifier } from '#core/detection/incidents/digest-notifier.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import { confirmAnnounced } from '#core/use-cases/announce.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import type { ApplicationHistory, Notifier } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { trainApplication, type TrainingOutcome } from '#core/use-cases/train-application.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { nowOf } from '#cli/store/now-of.ts';
import type { OpenStore } from '#cli/store/with-store.ts';

export interface MonitoringRun {
  readonly settings: Settings;
  readonly at: number | 'last' | undefined;
  readonly wallClockSeconds: number;
  readonly forecasters: ForecasterCache;
  readonly notifier: Notifier;
  /** Trains at once an application whose forecasts fail. */
  readonly trainer: Trainer;
}

export interface MonitoredApplication {
  readonly result: MonitoringResult;
  /** The allocation that monitoring triggered, if it did. */
  readonly corrected: AllocationDecision | null;
  /** The training that a failing forecast asked for, if one did. */
  readonly retrained: TrainingOutcome | null;
}

export interface MonitoredStore {
  readonly monitored: readonly MonitoredApplication[];
  /** One application that fails does not keep the others from being monitored. */
  readonly failures: readonly string[];
}

/** One interval of monitoring over every application of the store. Where nothing new was measured there is no result. */
export async function monitorStore(
  store: OpenStore,
  given: MonitoringRun,
): Promise<MonitoredStore> {
  const notifier = createDigestNotifier(given.notifier, given.settings.detection.digest);
  const run = { ...given, notifier };
  const monitored: MonitoredApplication[] = [];
  const failures: string[] = [];
  for (const history of await store.history.applications()) {
    try {
      const found = await monitorOne(store, history, run);
      if (found !== null) monitored.push(found);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      failures.push(`${history.applicationId}: ${problem}`);
    }
  }
  for (const applicationId of await notifier.flush(given.wallClockSeconds)) {
    await confirmAnnounced(store.incidents, applicationId);
  }
  return { monitored, failures };
}

async function monitorOne(
  store: OpenStore,
  history: ApplicationHistory,
  { settings, at, wallClockSeconds, forecasters, notifier, trainer }: MonitoringRun,
): Promise<MonitoredApplication | null> {
  const { applicationId, applicationType } = history;
  const nowSeconds = nowOf(at, history, wallClockSeconds).seconds;
  const ports = { ...store, forecasters, notifier };
  const result = await monitorApplication(ports, { applicationId, nowSeconds }, settings);
  if (result === null) return null;
  const retrained =
    result.retrain.length === 0
      ? null
      : await trainApplication({ ...store, trainer }, applicationId, nowSeconds, settings);
  if (!demandsMore(result)) return { result, retrained, corrected: null };
  const target = createLocalScalingTarget({ ...store, settings: settings.allocation });
  const request = { applicationId, applicationType, requested: null, nowSeconds };
  return { result, retrained, corrected: await allocate({ ...ports, target }, request, settings) };
}

/** A correction asks for more than was allocated: somebody has to decide anew. */
function demandsMore({ correction, allocated, status }: MonitoringResult): boolean {
  return (
    status === 'over' ||
    RESOURCES.some((resource) => {
      const wanted = correction[resource];
      return wanted !== null && wanted > (allocated[resource] ?? Infinity);
    })
  );
}
