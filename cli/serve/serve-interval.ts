import { applyRetention } from '#adapters/local/upkeep/apply-retention.ts';
import { byStep } from '#cli/store/step-of.ts';
import type { OpenStore } from '#cli/store/with-store.ts';
import { allocateStored, type StoredDecision } from '#cli/work/allocate-stored.ts';
import { monitorStore } from '#cli/work/monitor-store.ts';
import { storeStatus } from '#cli/work/store-status.ts';
import { RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import type { ApplicationHistory, Notifier } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import type { Trainer } from '#core/training/trainer.ts';
import type { LiveApplication } from '#html-report/live/live-application.ts';
import type { ForecasterCache } from '#models/stored/forecaster-cache.ts';
import { peakSavings } from './peak-savings.ts';
import { sharedForecast, sharedWindow } from './share-numbers.ts';
import { trainDue } from './train-due.ts';

const DAY_SECONDS = 86_400;
/** What the page draws of the past. */
const SHOWN_SECONDS = 2 * DAY_SECONDS;
/** Incidents of an application that are kept in memory. */
const MOST_INCIDENTS = 50;

export interface IntervalRun {
  readonly settings: Settings;
  /** Whether the settings file names the step. */
  readonly isStepGiven: boolean;
  readonly nowSeconds: number;
  /** No training begins later; at least one application is trained where one has to be. */
  readonly trainUntil: () => boolean;
  readonly forecasters: ForecasterCache;
  readonly notifier: Notifier;
  readonly trainer: Trainer;
  /** When the training of an application was tried last, Unix seconds; kept between intervals. */
  readonly tried: Map<string, number>;
  /** Hears of the decisions before a training, which may take most of the interval. */
  readonly decided: (result: IntervalResult) => void;
  /** Puts what was measured into the store. */
  readonly collect: (store: OpenStore) => Promise<void>;
}

export interface IntervalResult {
  readonly applications: readonly LiveApplication[];
  /** One application that fails does not keep the others from being looked after. */
  readonly failures: readonly string[];
}

/**
 * One interval of the server over all applications of the store: collects, monitors the last step,
 * decides, and trains what is due. What was trained decides anew at once.
 */
export async function serveInterval(store: OpenStore, run: IntervalRun): Promise<IntervalResult> {
  const failures: string[] = [];
  const note = (failure: string): void => void failures.push(failure);
  await run.collect(store).catch((error: unknown) => note(textOf(error)));
  await applyRetention(store.database, run.settings.localStore);
  const stored = await store.history.applications();
  const groups = run.isStepGiven
    ? [{ stepSeconds: run.settings.stepSeconds, histories: stored }]
    : await byStep(stored, store.profiles, run.settings);
  const settings = {
    ...run.settings,
    stepSeconds: groups[0]?.stepSeconds ?? run.settings.stepSeconds,
  };
  const monitored = await monitorStore(store, {
    ...run,
    settings,
    at: undefined,
    wallClockSeconds: run.nowSeconds,
  });
  monitored.failures.forEach(note);
  const decide = async () => ({
    applications: await decideAll(store, stored, { ...run, settings, note }),
    failures,
  });
  const decided = await decide();
  let trained = 0;
  const before = () => run.decided(decided);
  for (const { stepSeconds, histories } of groups) {
    const own = { ...run.settings, stepSeconds };
    trained += await trainDue(store, histories, { ...run, settings: own, note, before });
  }
  return trained === 0 ? decided : decide();
}

async function decideAll(
  store: OpenStore,
  stored: readonly ApplicationHistory[],
  run: IntervalRun & { readonly note: (failure: string) => void },
): Promise<readonly LiveApplication[]> {
  const decisions: StoredDecision[] = [];
  const { nowSeconds: wallClockSeconds, note } = run;
  for (const { applicationId } of stored) {
    const decided = allocateStored(store, [applicationId], {
      ...run,
      at: undefined,
      wallClockSeconds,
      type: undefined,
      requested: null,
      types: null,
      wholeHorizon: true,
      note: () => undefined,
    });
    await decided.then(
      (found) => decisions.push(...found),
      (error: unknown) => note(`${applicationId}: ${textOf(error)}`),
    );
  }
  return liveApplications(store, decisions, wallClockSeconds);
}

async function liveApplications(
  store: OpenStore,
  decisions: readonly StoredDecision[],
  nowSeconds: number,
): Promise<readonly LiveApplication[]> {
  const risks = new Map(
    (await storeStatus(store, nowSeconds)).map(({ history, risk }) => [
      history.applicationId,
      risk,
    ]),
  );
  const all: LiveApplication[] = [];
  for (const { decision, before, snapshot, forecast, isSimulated } of decisions) {
    const { applicationId } = decision;
    const incidents = await store.incidents.incidents(applicationId);
    all.push({
      applicationId,
      isSimulated,
      decision,
      present: before ?? snapshot.target.inServiceInstances,
      risk: risks.get(applicationId) ?? 'none',
      savings: peakSavings(decision, snapshot.history),
      history: lastOf(snapshot.history),
      forecast: Object.fromEntries(
        RESOURCES.flatMap((resource) => {
          const found = forecast?.byResource[resource];
          return found ? [[resource, sharedForecast(found.quantiles)]] : [];
        }),
      ),
      incidents: incidents.slice(-MOST_INCIDENTS).reverse(),
    });
  }
  return all;
}

/** A copy of the last days: the window itself shares its memory with weeks. */
function lastOf(window: FootprintWindow): FootprintWindow {
  const { length } = window.values.cpu;
  const shown = Math.min(length, Math.round(SHOWN_SECONDS / window.stepSeconds));
  const last = sliceWindow(window, length - shown, length);
  return sharedWindow(last);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
