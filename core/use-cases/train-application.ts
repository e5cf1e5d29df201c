import type { ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { stepStart } from '#core/domain/align-time.ts';
import { RESOURCE_UNITS, type FootprintWindow, type Resource } from '#core/domain/footprint.ts';
import { localSeries } from '#core/domain/local-series.ts';
import { countMeasured } from '#core/domain/measured.ts';
import type {
  ApplicationHistory,
  HistoryStore,
  ModelStore,
  ProfileStore,
} from '#core/domain/ports.ts';
import { updateProfile } from '#core/domain/profile-update.ts';
import type {
  ApplicationProfile,
  HistoryReference,
  ModelReference,
} from '#core/domain/profiles.ts';
import type { Settings, TrainingSettings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { MEMORY_PEAK_DAYS } from '#core/evidence/memory-floor.ts';
import { briefPeaks } from '#core/evidence/recurring/find-peaks.ts';
import { rememberPeaks } from '#core/evidence/recurring/remember-peaks.ts';
import { usualHistory } from '#core/expectation/usual-history.ts';
import { contendersOf, mergeScores } from '#core/training/contenders.ts';
import { storeModel } from '#core/training/model-reference.ts';
import { isNetwork } from '#core/training/network-names.ts';
import { factorsOf, isFailing, penaltiesOf, withPenalties } from '#core/training/penalties.ts';
import type { Trainer, TrainingJob } from '#core/training/trainer.ts';

export interface TrainingPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  readonly models: ModelStore;
  readonly trainer: Trainer;
  /**
   * Where monitoring keeps how the models do in use; without it candidates are judged by validation
   * alone.
   */
  readonly incidents?: IncidentStore;
}

export interface TrainingOutcome {
  readonly applicationId: string;
  readonly trained: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Why a resource has no model of its own. */
  readonly skipped: Readonly<Partial<Record<Resource, string>>>;
}

/**
 * Trains one application on what is stored before `nowSeconds`: per resource rolling-origin
 * cross-validation, fit, calibration, ONNX file, and the profile that points to it. A resource with
 * too little history keeps no model of its own and says why; allocation then uses the model of the
 * application's cluster.
 */
export async function trainApplication(
  ports: TrainingPorts,
  applicationId: string,
  nowSeconds: number,
  settings: Settings,
): Promise<TrainingOutcome> {
  const history = await ports.history.application(applicationId);
  if (history === null) {
    return { applicationId, trained: {}, skipped: skipAll(settings, 'no history') };
  }
  const usual = usualHistory(ports.history, settings);
  const window = await readTrainingWindow(usual, history, nowSeconds, settings);
  const timeZone = timeZoneOf(applicationId, settings.detection);

  const earlier = await readEarlier(ports, applicationId);
  const trained: Partial<Record<Resource, ModelReference>> = {};
  const skipped: Partial<Record<Resource, string>> = {};
  for (const resource of settings.resources) {
    const reason = tooShort(window, resource, settings.training);
    if (reason === null) {
      const job = trainingJob(window, resource, { training: settings.training, timeZone });
      const times = { nowSeconds, firstSeconds: history.firstSeconds };
      const result = await trainResource(ports, { job, earlier, times }, settings.training);
      if (result.kind === 'trained') trained[resource] = result.reference;
      else skipped[resource] = result.reason;
    } else skipped[resource] = reason;
  }

  const peaks = await rememberPeaks(
    usual,
    { history, window, known: earlier.profile?.peaks ?? {}, timeZone },
    settings,
  );
  await updateProfile(ports.profiles, history, (profile) => ({
    ...profileWith(
      profile,
      trained,
      describeHistory(ports.history.location, window, settings.resources),
    ),
    peaks: { ...profile.peaks, ...peaks },
    ...(settings.resources.includes('memory') && {
      memoryPeaks: briefPeaks(
        { stepSeconds: window.stepSeconds, values: window.values.memory },
        MEMORY_PEAK_DAYS,
      ),
    }),
  }));
  return { applicationId, trained, skipped };
}

/** What was trained before, and how it does in use. */
interface Earlier {
  readonly profile: ApplicationProfile | null;
  readonly state: ControllerState | null;
}

async function readEarlier(ports: TrainingPorts, applicationId: string): Promise<Earlier> {
  const { profiles, incidents } = ports;
  const profile = await profiles.application(applicationId);
  return {
    profile,
    state: incidents ? await incidents.state(applicationId) : null,
  };
}

/** Trains one resource, held to how its candidates did in use, and stores the file. */
async function trainResource(
  { trainer, models }: TrainingPorts,
  request: {
    readonly job: TrainingJob;
    readonly earlier: Earlier;
    readonly times: { readonly nowSeconds: number; readonly firstSeconds: number };
  },
  { competeEverySeconds, network }: TrainingSettings,
): Promise<
  | { readonly kind: 'trained'; readonly reference: ModelReference }
  | { readonly kind: 'too-little-data'; readonly reason: string }
> {
  const { job, times } = request;
  const reference = request.earlier.profile?.predictiveModel[job.resource];
  const state = request.earlier.state?.detector.resources[job.resource];
  const penalties = penaltiesOf(reference, state, times.nowSeconds);
  const failing = isFailing(reference, state);
  const candidates = contendersOf(reference, { ...times, competeEverySeconds, failing });
  const competes = candidates?.some(isNetwork) ?? true;
  const competition = {
    ...job,
    penalties: factorsOf(penalties),
    ...(competes && network.epochs > 0 && { ownNetwork: { seed: network.seed } }),
  };
  const renewed = candidates && (await trainer({ ...competition, candidates }));
  const result = renewed?.kind === 'trained' ? renewed : await trainer(competition);
  if (result.kind === 'too-little-data') return result;
  const stored = withPenalties(await storeModel(models, result), penalties);
  const competed =
    result !== renewed
      ? { competedAtSeconds: times.nowSeconds }
      : {
          competedAtSeconds: reference!.competedAtSeconds!,
          crossValidation: mergeScores(stored.crossValidation, reference!.crossValidation),
        };
  return { kind: 'trained', reference: { ...stored, ...competed } };
}

async function readTrainingWindow(
  store: HistoryStore,
  history: ApplicationHistory,
  nowSeconds: number,
  settings: Settings,
): Promise<FootprintWindow> {
  const { stepSeconds, training } = settings;
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  const first = stepStart(history.firstSeconds, stepSeconds);
  const fromSeconds = Math.min(toSeconds, Math.max(first, toSeconds - training.windowSeconds));
  return store.read(history.applicationId, { fromSeconds, toSeconds }, stepSeconds);
}

function tooShort(
  window: FootprintWindow,
  resource: Resource,
  { minimumSeconds }: TrainingSettings,
): string | null {
  const measured = countMeasured(window.values[resource]) * window.stepSeconds;
  if (measured >= minimumSeconds) return null;
  return `${hours(measured)} h measured, ${hours(minimumSeconds)} h needed`;
}

function hours(seconds: number): string {
  return (seconds / 3600).toFixed(1);
}

function trainingJob(
  window: FootprintWindow,
  resource: Resource,
  { training, timeZone }: { readonly training: TrainingSettings; readonly timeZone: string },
): TrainingJob {
  const { stepSeconds } = window;
  const { endSeconds, values } = localSeries(window.values[resource], window, timeZone);
  return {
    resource,
    unit: RESOURCE_UNITS[resource],
    // In local time, so that seasons follow clocks.
    series: { startSeconds: endSeconds - values.length * stepSeconds, stepSeconds, values },
    shape: {
      stepSeconds: window.stepSeconds,
      context: training.context,
      horizon: training.horizon,
      levels: training.levels,
    },
    origins: training.origins,
  };
}

function describeHistory(
  store: string,
  window: FootprintWindow,
  resources: readonly Resource[],
): Partial<Record<Resource, HistoryReference>> {
  const described: Partial<Record<Resource, HistoryReference>> = {};
  for (const resource of resources) {
    const values = window.values[resource];
    const points = countMeasured(values);
    described[resource] = {
      store,
      fromSeconds: window.startSeconds,
      toSeconds: window.startSeconds + values.length * window.stepSeconds,
      points,
      missing: values.length - points,
    };
  }
  return described;
}

function profileWith(
  profile: ApplicationProfile,
  trained: Partial<Record<Resource, ModelReference>>,
  historicalData: Partial<Record<Resource, HistoryReference>>,
): ApplicationProfile {
  return {
    ...profile,
    historicalData: { ...profile.historicalData, ...historicalData },
    predictiveModel: { ...profile.predictiveModel, ...trained },
  };
}

function skipAll(settings: Settings, reason: string): Partial<Record<Resource, string>> {
  return Object.fromEntries(settings.resources.map((resource) => [resource, reason]));
}
