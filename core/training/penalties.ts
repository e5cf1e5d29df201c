import type { ResourceDetectorState } from '#core/detection/incidents/detector-state.ts';
import { liveErrorRatio } from '#core/detection/incidents/live-error.ts';
import type { ModelReference, Penalty } from '#core/domain/profiles.ts';
import { membersOf } from '#models/contract/composition.ts';

/** Below this the model in use is not said to have broken its promise: a day is no more exact. */
const WORSE_FACTOR = 1.2;
/** More would only say that simple forecasters were exact for a day. */
const LARGEST_FACTOR = 10;
/**
 * After a week half of the excess is left: by then half of the origins that matter lie after the
 * failure.
 */
const HALF_LIFE_SECONDS = 7 * 86_400;
/** So little changes no selection. */
const NEGLIGIBLE = 1.05;

/**
 * What a new training holds earlier candidates to: what is left of the old penalties, and the live
 * error of the model in use where it did worse than the simple forecasters that it had beaten in
 * validation. It is not excluded: a series that nothing else can forecast keeps its model.
 * @param state what monitoring saw of the resource; undefined where it saw nothing.
 */
export function penaltiesOf(
  reference: ModelReference | undefined,
  state: ResourceDetectorState | undefined,
  nowSeconds: number,
): readonly Penalty[] {
  if (reference === undefined) return [];
  const factors = new Map<string, number>();
  for (const { model, factor, atSeconds } of reference.penalties ?? []) {
    const left = 0.5 ** (Math.max(0, nowSeconds - atSeconds) / HALF_LIFE_SECONDS);
    factors.set(model, 1 + (factor - 1) * left);
  }
  if (isFailing(reference, state)) {
    const failed = liveFactor(reference, state);
    for (const model of membersOf(reference.composition)) {
      factors.set(model, Math.max(failed, factors.get(model) ?? 1));
    }
  }
  return [...factors]
    .filter(([, factor]) => factor >= NEGLIGIBLE)
    .map(([model, factor]) => ({ model, factor, atSeconds: nowSeconds }));
}

/**
 * Whether the forecasts of the model in use do clearly worse than the simple forecasters that it
 * had beaten in validation.
 */
export function isFailing(
  reference: ModelReference | undefined,
  state: ResourceDetectorState | undefined,
): boolean {
  return reference !== undefined && liveFactor(reference, state) > WORSE_FACTOR;
}

/** The factors by the candidates' names, as a training takes them. */
export function factorsOf(penalties: readonly Penalty[]): Readonly<Record<string, number>> {
  return Object.fromEntries(penalties.map(({ model, factor }) => [model, factor]));
}

/** The reference that remembers them for the next training. */
export function withPenalties(
  reference: ModelReference,
  penalties: readonly Penalty[],
): ModelReference {
  return penalties.length === 0 ? reference : { ...reference, penalties };
}

/** 1 where the errors are those of a model before this one. */
function liveFactor(
  { trainedToSeconds }: ModelReference,
  state: ResourceDetectorState | undefined,
): number {
  const isOfAnother = (state?.failedAtSeconds ?? Infinity) < trainedToSeconds;
  return isOfAnother ? 1 : Math.min(LARGEST_FACTOR, liveErrorRatio(state) ?? 1);
}
