import type { ResourceDetectorState } from './detector-state.ts';

/** A day of five-minute steps. Fewer compared steps are chance. */
const LEAST_STEPS = 288;
/** A trained model with this multiple of the simple forecast's error is bad. */
const WORSE_FACTOR = 1.5;

/**
 * Mean error of the trained model over about the last day ÷ that of the simple forecast (a slow
 * level with season that always follows the application). Null while too few steps were compared. A
 * ratio below 1 is expected from cross-validation.
 */
export function liveErrorRatio(state: ResourceDetectorState | undefined): number | null {
  if (state === undefined || state.modelled < LEAST_STEPS) return null;
  const { modelError, baseError } = state;
  if (modelError === 0) return 0;
  return modelError / baseError;
}

/**
 * True if the trained model misses by far more than the simple forecast: the forecast is bad, not
 * the application.
 */
export function isBadForecast(state: ResourceDetectorState | undefined): boolean {
  return (liveErrorRatio(state) ?? 0) > WORSE_FACTOR;
}
