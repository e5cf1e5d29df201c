import type { CandidateScore } from '#models/contract/forecast-model.ts';

/** The table of a cross-validation in which one candidate could not be fitted. */
export function fixtureCandidates(kind: number): readonly CandidateScore[] {
  const score = (model: string, loss: number, relativeCost: number): CandidateScore => ({
    model,
    loss,
    standardError: loss / 14,
    bandLosses: [loss * 0.7, loss * 0.9, loss * 1.1, loss * 1.3],
    origins: 12,
    relativeCost,
    selected: false,
  });
  const fitted = [
    score('seasonal-naive', 0.1523 + kind / 100, 1),
    score('quantile-mixture', 0.1377, 2),
    score('exponential-smoothing', 0.1191 + (kind % 2) / 30, 8),
  ];
  const best = fitted.reduce((a, b) => (b.loss! < a.loss! ? b : a));
  return [
    ...fitted.map((candidate) => ({ ...candidate, selected: candidate === best })),
    {
      ...score('trend', 1, 3),
      loss: null,
      standardError: null,
      bandLosses: [],
      origins: 0,
      reason: 'needs 28 days of history, has 10',
    },
  ];
}
