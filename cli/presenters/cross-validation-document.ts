import { candidateName } from '#core/text/model-name.ts';
import type { CandidateScore } from '#models/contract/forecast-model.ts';

/** The JSON of a cross-validation table. */
export function crossValidationDocument(scores: readonly CandidateScore[]): readonly unknown[] {
  return scores.map((score) => ({
    model: score.model,
    name: candidateName(score),
    ...(score.composition === undefined ? {} : { composition: score.composition }),
    loss: score.loss,
    standard_error: score.standardError,
    band_losses: score.bandLosses,
    origins: score.origins,
    relative_cost: score.relativeCost,
    selected: score.selected,
    ...(score.reason === undefined ? {} : { reason: score.reason }),
    ...(score.penalty === undefined ? {} : { penalty: score.penalty }),
  }));
}
