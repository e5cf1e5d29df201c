import { createLocalScalingTarget } from '#adapters/local/local-scaling-target.ts';
import { nowOf } from '#cli/store/now-of.ts';
import type { OpenStore } from '#cli/store/with-store.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { Notifier } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { monitorAll } from '#core/use-cases/monitor-all.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import { trainApplication, type TrainingOutcome } from '#core/use-cases/train-application.ts';
import type { ForecasterCache } from '#models/stored/forecaster-cache.ts';

/** What monitoring reads and writes of an open store. */
type Stores = Omit<OpenStore, 'database'>;

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
  /** Whether some of the history was simulated. */
  readonly isSimulated: boolean;
}

export interface MonitoredStore {
  readonly monitored: readonly MonitoredApplication[];
  /** One application that fails does not keep the others from being monitored. */
  readonly failures: readonly string[];
}

/**
 * One interval of monitoring over every application of the store. Where nothing new was measured
 * there is no result.
 */
export async function monitorStore(store: Stores, run: MonitoringRun): Promise<MonitoredStore> {
  const { settings, at, wallClockSeconds, forecasters, notifier } = run;
  const monitored: MonitoredApplication[] = [];
  const applications = (await store.history.applications()).map((history) => ({
    applicationId: history.applicationId,
    applicationType: history.applicationType,
    isSimulated: history.isSimulated ?? false,
    nowSeconds: nowOf(at, history, wallClockSeconds).seconds,
    clockSeconds: wallClockSeconds,
  }));
  const failures = await monitorAll<StoredApplication, readonly string[]>(
    {
      ...store,
      forecasters,
      notifier,
      monitor: monitorApplication,
      each: (work) => oneByOne(applications, work),
      async follow(application, result) {
        const followed = await followUp(store, { application, result }, run);
        monitored.push({ result, ...followed, isSimulated: application.isSimulated });
      },
    },
    wallClockSeconds,
    settings,
  );
  return { monitored, failures };
}

interface StoredApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly isSimulated: boolean;
  readonly nowSeconds: number;
  readonly clockSeconds: number;
}

/** Works on the applications in turn; returns a line on each that failed. */
async function oneByOne(
  applications: readonly StoredApplication[],
  work: (application: StoredApplication) => Promise<void>,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const application of applications) {
    try {
      await work(application);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      failures.push(`${application.applicationId}: ${problem}`);
    }
  }
  return failures;
}

/** Trains anew where a forecast fails, and decides anew where a correction asks for more. */
async function followUp(
  store: Stores,
  found: { readonly application: StoredApplication; readonly result: MonitoringResult },
  { settings, forecasters, trainer }: MonitoringRun,
): Promise<Pick<MonitoredApplication, 'corrected' | 'retrained'>> {
  const { application, result } = found;
  const { applicationId, nowSeconds } = application;
  const retrained =
    result.retrain.length === 0
      ? null
      : await trainApplication({ ...store, trainer }, applicationId, nowSeconds, settings);
  if (!demandsMore(result)) return { retrained, corrected: null };
  const target = createLocalScalingTarget({ ...store, settings: settings.allocation });
  const ports = { ...store, forecasters, target };
  const request = { ...application, requested: null };
  const { decision } = await allocate(ports, request, settings);
  return { retrained, corrected: decision };
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
