import { RESOURCES, type Resource } from '#core/footprint.ts';
import type { DetectorState, ResourceDetectorState } from './detector-state.ts';

/** A day of five-minute steps: less is chance. */
const LEAST_STEPS = 288;
/** A trained model that is so much worse than a slow level with its season is not worth having. */
const WORSE_FACTOR = 1.5;

/**
 * A bad forecast, not a bad application: over about a day the trained model missed by far more than the simple
 * forecasters, whose level and season follow the application whatever it does.
 */
export function isBadForecast(state: ResourceDetectorState | undefined): boolean {
  if (state === undefined || state.modelled < LEAST_STEPS) return false;
  return state.modelError > WORSE_FACTOR * state.baseError;
}

/** Resources whose model is to be trained anew. */
export function badForecasts({ resources }: DetectorState): readonly Resource[] {
  return RESOURCES.filter((resource) => isBadForecast(resources[resource]));
}
