import { VIEWS } from '#core/domain/detection-cause.ts';
import { scoresOf, type RecordedFile, type ScoreConstants } from './recorded-rows.ts';
import { windowScore } from './window-score.ts';

/** Files of one benchmark; they share a threshold. */
export type Benchmark = readonly RecordedFile[];

/**
 * Every view counts alike: nothing of it was chosen on labels. The lists below hold what is tried
 * instead.
 */
const START: ScoreConstants = {
  weights: perView(() => 1),
  faintWeights: perView((view) => (hasFaint(view) ? 0.03 : 0)),
  range: 1,
  restlessness: 0.1,
};

const WEIGHTS = [0, 0.3, 2];
const FAINT_WEIGHTS = [0, 0.06];
const RANGES = [0, 0.5, 1.5];
const RESTLESSNESS = [0, 0.05, 0.2];
/** A constant changes if the sum of the scores grows by at least this. */
const LEAST_GAIN = 0.2;

function perView(of: (view: (typeof VIEWS)[number]) => number): ScoreConstants['weights'] {
  return Object.fromEntries(VIEWS.map((view) => [view, of(view)])) as ScoreConstants['weights'];
}

/** The detector computes the surprise of small events for these views alone. */
function hasFaint(view: string): boolean {
  return ['point', 'season', 'base', 'change'].includes(view);
}

/** Constants chosen one after the other, in one pass, by the sum of the benchmarks' scores. */
export function chooseConstants(benchmarks: readonly Benchmark[]): ScoreConstants {
  let [best, most] = [START, totalScore(benchmarks, START)];
  for (const candidates of variants()) {
    const before = best;
    for (const change of candidates) {
      const constants = change(before);
      const score = totalScore(benchmarks, constants);
      if (score > most + LEAST_GAIN) [best, most] = [constants, score];
    }
  }
  return best;
}

type Change = (constants: ScoreConstants) => ScoreConstants;

/** The values of each constant, one constant after the other. */
function variants(): readonly (readonly Change[])[] {
  const strong = VIEWS.filter((view) => view !== 'model').map((view) =>
    WEIGHTS.map((weight): Change => (constants) => ({
      ...constants,
      weights: { ...constants.weights, [view]: weight },
    })),
  );
  const faint = VIEWS.filter(hasFaint).map((view) =>
    FAINT_WEIGHTS.map((weight): Change => (constants) => ({
      ...constants,
      faintWeights: { ...constants.faintWeights, [view]: weight },
    })),
  );
  return [
    ...strong,
    ...faint,
    RANGES.map((range): Change => (constants) => ({ ...constants, range })),
    RESTLESSNESS.map((restlessness): Change => (constants) => ({ ...constants, restlessness })),
  ];
}

/** Sum over benchmarks, each at its own threshold. */
function totalScore(benchmarks: readonly Benchmark[], constants: ScoreConstants): number {
  return benchmarks.reduce((sum, files) => sum + scoreOf(files, constants).score, 0);
}

/** Score of a benchmark at its own threshold, or at a given one. */
export function scoreOf(
  benchmark: Benchmark,
  constants: ScoreConstants,
  threshold?: number,
): { readonly score: number; readonly threshold: number } {
  const scores = benchmark.map((recorded) => scoresOf(recorded, constants));
  const files = benchmark.map(({ file }) => file);
  return windowScore(files, scores, 'standard', threshold);
}
