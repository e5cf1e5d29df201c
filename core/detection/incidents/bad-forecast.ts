import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { DetectorState, ResourceDetectorState } from './detector-state.ts';

/** A day of five-minute steps: less is chance. */
const LEAST_STEPS = 288;
/** A trained model that is so much worse than a slow level with its season is not worth having. */
const WORSE_FACTOR = 1.5;
/** A model that goes on failing is named again after a day: the first request may have been lost. */
const REPEAT_SECONDS = 86_400;

/**
 * Mean error of the trained model over about the last day ÷ that of the simple forecasters, whose level and season follow
 * the application whatever it does; null while too little was compared. Validation promises less than 1.
 */
export function liveErrorRatio(state: ResourceDetectorState | undefined): number | null {
  if (state === undefined || state.modelled < LEAST_STEPS) return null;
  const { modelError, baseError } = state;
  if (modelError === 0) return 0;
  return modelError / baseError;
}

/** A bad forecast, not a bad application: the trained model missed by far more than the simple forecasters. */
export function isBadForecast(state: ResourceDetectorState | undefined): boolean {
  return (liveErrorRatio(state) ?? 0) > WORSE_FACTOR;
}

/** Resources whose model is to be trained anew. */
export function badForecasts({ resources }: DetectorState): readonly Resource[] {
  return RESOURCES.filter((resource) => isBadForecast(resources[resource]));
}

/** Notes which models fail at this step and were not known to: the training that is asked for heeds it. */
export function noteFailures(
  state: DetectorState,
  atSeconds: number,
): { readonly state: DetectorState; readonly failed: readonly Resource[] } {
  const failed = badForecasts(state).filter((resource) => {
    const { failedAtSeconds = -Infinity } = state.resources[resource]!;
    return atSeconds - failedAtSeconds >= REPEAT_SECONDS;
  });
  if (failed.length === 0) return { state, failed };
  const resources = { ...state.resources };
  for (const resource of failed) {
    resources[resource] = { ...resources[resource]!, failedAtSeconds: atSeconds };
  }
  return { state: { ...state, resources }, failed };
}

/** When the model of each resource was last found to fail, of those that were. */
export function knownFailures({ resources }: DetectorState): ReadonlyMap<Resource, number> {
  return new Map(
    RESOURCES.flatMap((resource): [Resource, number][] => {
      const { failedAtSeconds } = resources[resource] ?? {};
      return failedAtSeconds === undefined ? [] : [[resource, failedAtSeconds]];
    }),
  );
}

/** The state in which new models of some resources are judged by what they do, not by what the old ones did. */
export function forgetErrors(state: DetectorState, renewed: readonly Resource[]): DetectorState {
  if (renewed.length === 0) return state;
  const resources = { ...state.resources };
  for (const resource of renewed) {
    const known = resources[resource];
    if (known === undefined) continue;
    const fresh = { ...known };
    delete fresh.failedAtSeconds;
    // Not 0: there is a model.
    resources[resource] = { ...fresh, modelled: 1, modelError: 0, baseError: 0 };
  }
  return { ...state, resources };
}
