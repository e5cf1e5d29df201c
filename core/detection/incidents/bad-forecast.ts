import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { DetectorState } from './detector-state.ts';
import { isBadForecast } from './live-error.ts';

/**
 * A failing model is reported again after a day, because the first request for a training may be
 * lost.
 */
const REPEAT_SECONDS = 86_400;

/** Resources whose model must be trained again. */
export function badForecasts({ resources }: DetectorState): readonly Resource[] {
  return RESOURCES.filter((resource) => isBadForecast(resources[resource]));
}

/**
 * Records the models that fail at this step and were not reported before. The next training gives
 * them a penalty.
 */
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

/** Time of the last reported failure of each resource's model, for resources with one. */
export function knownFailures({ resources }: DetectorState): ReadonlyMap<Resource, number> {
  return new Map(
    RESOURCES.flatMap((resource): [Resource, number][] => {
      const { failedAtSeconds } = resources[resource] ?? {};
      return failedAtSeconds === undefined ? [] : [[resource, failedAtSeconds]];
    }),
  );
}

/**
 * Resets the errors of resources with new models, so that the new models are not judged by the old
 * ones' errors.
 */
export function forgetErrors(state: DetectorState, renewed: readonly Resource[]): DetectorState {
  if (renewed.length === 0) return state;
  const resources = { ...state.resources };
  for (const resource of renewed) {
    const resourceState = resources[resource];
    if (resourceState === undefined) continue;
    const fresh = { ...resourceState };
    delete fresh.failedAtSeconds;
    // At least 1, because the resource has a model.
    resources[resource] = { ...fresh, modelled: 1, modelError: 0, baseError: 0 };
  }
  return { ...state, resources };
}
