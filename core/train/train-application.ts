import { stepStart } from '#core/align-time.ts';
import { RESOURCE_UNITS, type FootprintWindow, type Resource } from '#core/footprint.ts';
import { readMonitorState } from '#core/monitor/monitor-state.ts';
import type {
  ApplicationHistory,
  HistoryStore,
  IncidentStore,
  ModelStore,
  ProfileStore,
} from '#core/ports.ts';
import { updateProfile } from '#core/profile-update.ts';
import type {
  ApplicationProfile,
  HistoryReference,
  ModelReference,
  Penalty,
} from '#core/profiles.ts';
import type { Settings, TrainingSettings } from '#core/settings.ts';
import { countMeasured } from '#core/measured.ts';
import { clusterNetworks } from './cluster-networks.ts';
import { storeModel } from './model-reference.ts';
import { factorsOf, penaltiesOf, withPenalties } from './penalties.ts';
import type { OfferedNetwork, Trainer, TrainingJob } from './trainer.ts';

export interface TrainingPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  readonly models: ModelStore;
  readonly trainer: Trainer;
  /** Where monitoring keeps how the models do in use; without it candidates are judged by validation alone. */
  readonly incidents?: IncidentStore;
}

export interface TrainingOutcome {
  readonly applicationId: string;
  readonly trained: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Why a resource has no model of its own. */
  readonly skipped: Readonly<Partial<Record<Resource, string>>>;
}

/**
 * Trains one application on what is stored before `nowSeconds`: per resource rolling-origin cross-validation, fit,
 * calibration, ONNX file, and the profile that points to it. A resource with too little history keeps no model of its
 * own and says why; allocation then uses the model of the application's cluster.
 */
export async function trainApplication(
  ports: TrainingPorts,
  applicationId: string,
  nowSeconds: number,
  settings: Settings,
): Promise<TrainingOutcome> {
  const history = await ports.history.application(applicationId);
  if (history === null)
    return { applicationId, trained: {}, skipped: skipAll(settings, 'no history') };
  const window = await readTrainingWindow(ports.history, history, nowSeconds, settings);

  const profile = await ports.profiles.application(applicationId);
  const penalties = await readPenalties(ports, { profile, applicationId, nowSeconds });
  const networkOf = await clusterNetworks(ports, profile, settings.training.network);
  const trained: Partial<Record<Resource, ModelReference>> = {};
  const skipped: Partial<Record<Resource, string>> = {};
  for (const resource of settings.resources) {
    const reason = tooShort(window, resource, settings.training);
    const result =
      reason === null
        ? await ports.trainer({
            ...trainingJob(window, resource, settings.training),
            penalties: factorsOf(penalties(resource)),
            ...orNothing(await networkOf(resource)),
          })
        : ({ kind: 'too-little-data', reason } as const);
    if (result.kind === 'trained')
      trained[resource] = withPenalties(
        await storeModel(ports.models, result),
        penalties(resource),
      );
    else skipped[resource] = result.reason;
  }

  await updateProfile(ports.profiles, history, (profile) =>
    profileWith(
      profile,
      trained,
      describeHistory(ports.history.location, window, settings.resources),
    ),
  );
  return { applicationId, trained, skipped };
}

const orNothing = (offered: OfferedNetwork | null): Pick<TrainingJob, 'offered'> =>
  offered === null ? {} : { offered };

interface PenaltyRequest {
  readonly profile: ApplicationProfile | null;
  readonly applicationId: string;
  readonly nowSeconds: number;
}

/** What the candidates of each resource are held to. */
async function readPenalties(
  { incidents }: TrainingPorts,
  { profile, applicationId, nowSeconds }: PenaltyRequest,
): Promise<(resource: Resource) => readonly Penalty[]> {
  const state = incidents && (await readMonitorState(incidents, applicationId));
  return (resource) =>
    penaltiesOf(
      profile?.predictiveModel[resource],
      state?.detector.resources[resource],
      nowSeconds,
    );
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
  training: TrainingSettings,
): TrainingJob {
  return {
    resource,
    unit: RESOURCE_UNITS[resource],
    series: {
      startSeconds: window.startSeconds,
      stepSeconds: window.stepSeconds,
      values: window.values[resource],
    },
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
