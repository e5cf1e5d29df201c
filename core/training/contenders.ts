import type { ModelReference } from '#core/domain/profiles.ts';
import { membersOf } from '#models/contract/composition.ts';
import type { CandidateScore } from '#models/contract/forecast-model.ts';

export interface CompetitionRules {
  readonly nowSeconds: number;
  /** Start of the application's history. */
  readonly firstSeconds: number;
  /** Time between two competitions of all candidates. */
  readonly competeEverySeconds: number;
  /** Whether the forecasts of the model in use fail just now. */
  readonly failing: boolean;
}

/**
 * The candidates that a training is about; undefined for all of them. A competition of all is due
 * after some time, as soon as the history has doubled since the last one, and at once when the
 * model in use fails. In between the candidates that won it are fitted, weighed and calibrated
 * anew, at a fraction of the cost.
 * @param reference the model in use, undefined if there is none.
 */
export function contendersOf(
  reference: ModelReference | undefined,
  { nowSeconds, firstSeconds, competeEverySeconds, failing }: CompetitionRules,
): readonly string[] | undefined {
  const competedAt = reference?.competedAtSeconds;
  if (reference === undefined || competedAt === undefined || failing) return undefined;
  if (nowSeconds - competedAt >= competeEverySeconds) return undefined;
  if (nowSeconds - firstSeconds >= 2 * (competedAt - firstSeconds)) return undefined;
  return membersOf(reference.composition);
}

/**
 * Scores of all candidates, each from the newest training it took part in; only the newest one's
 * are marked as selected.
 */
export function mergeScores(
  newest: readonly CandidateScore[],
  earlier: readonly CandidateScore[],
): readonly CandidateScore[] {
  const names = new Set(newest.map(({ model }) => model));
  const others = earlier.filter(({ model }) => !names.has(model));
  return [...newest, ...others.map((score) => ({ ...score, selected: false }))];
}
