import { loadModelFile } from '#adapters/local/candidates/load-model-file.ts';
import { createLocalScalingTarget } from '#adapters/local/local-scaling-target.ts';
import type { DecisionStore } from '#cli/store/decision-store.ts';
import { nowOf } from '#cli/store/now-of.ts';
import { stepOf } from '#cli/store/step-of.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { allocate, type Allocation } from '#core/use-cases/allocate.ts';
import { recommendType } from '#core/use-cases/recommend-type.ts';
import { createForecasterCache, type ForecasterCache } from '#models/stored/forecaster-cache.ts';

export interface StoredDecision extends Allocation {
  /** Instances of the decision before; null for the first. */
  readonly before: number | null;
  readonly recommended: Awaited<ReturnType<typeof recommendType>> | null;
  /** Whether some of the history was simulated. */
  readonly isSimulated: boolean;
}

export interface DecisionRun {
  readonly settings: Settings;
  /** Whether the settings file names the step; else each application's own is taken. */
  readonly isStepGiven: boolean;
  readonly type: string | undefined;
  readonly requested: Footprint | null;
  readonly types: Parameters<typeof recommendType>[1]['types'] | null;
  readonly at: number | 'last' | undefined;
  readonly wallClockSeconds: number;
  readonly note: (remark: string) => void;
  /** Forecasts every step of the horizon, to draw them. */
  readonly wholeHorizon?: boolean;
  /** Models that stay loaded; absent: those of one application. */
  readonly forecasters?: ForecasterCache;
}

/** Models that stay loaded: those of one application, one per resource. */
const LOADED_MODELS = 4;

/** Decides for applications one after the other, and logs each decision. */
export async function allocateStored(
  store: DecisionStore,
  names: readonly string[],
  run: DecisionRun,
): Promise<readonly StoredDecision[]> {
  const read = (sha256: string) => store.models.get(sha256);
  const own = () => createForecasterCache(read, LOADED_MODELS, loadModelFile);
  const forecasters = run.forecasters ?? own();
  const remarks = new Set<string>();
  const note = (remark: string | null): void => {
    if (remark === null || remarks.has(remark)) return;
    remarks.add(remark);
    run.note(remark);
  };
  const decisions: StoredDecision[] = [];
  try {
    for (const name of names) {
      decisions.push(await allocateOne(store, name, { ...run, forecasters, note }));
    }
  } finally {
    // Graphs of others run in processes that would keep this one alive.
    if (run.forecasters === undefined) forecasters.clear();
  }
  return decisions;
}

async function allocateOne(
  store: DecisionStore,
  applicationId: string,
  run: Omit<DecisionRun, 'note'> & {
    readonly forecasters: ForecasterCache;
    readonly note: (remark: string | null) => void;
  },
): Promise<StoredDecision> {
  const history = await store.history.application(applicationId);
  const now = nowOf(run.at, history, run.wallClockSeconds);
  run.note(now.remark);
  let { settings } = run;
  if (!run.isStepGiven) {
    const profile = await store.profiles.application(applicationId).catch(() => null);
    const { stepSeconds, remark } = stepOf({ history, profile }, settings);
    run.note(remark);
    settings = { ...settings, stepSeconds };
  }
  const applicationType = run.type ?? history?.applicationType ?? null;
  const target = createLocalScalingTarget({
    ...store,
    settings: settings.allocation,
    applicationType,
  });
  const [latest] = await store.profiles.allocationLog(applicationId, 1);
  const { requested, types, forecasters, wholeHorizon = false } = run;
  const named = { applicationId, applicationType, requested };
  const request = { ...named, nowSeconds: now.seconds, wholeHorizon };
  const allocation = await allocate({ ...store, forecasters, target }, request, settings);
  const { decision } = allocation;
  const recommended =
    types === null ? null : await recommendType(store.history, { decision, types }, settings);
  const isSimulated = history?.isSimulated ?? false;
  return { ...allocation, before: latest?.instances ?? null, recommended, isSimulated };
}
