import { VIEWS, type Cause, type View } from '#core/domain/detection-cause.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { DEEP_SURPRISE } from './tail-sketch.ts';

/** What the surprise of each view adds to the severity. */
export interface SeverityWeights {
  /** Of surprise beyond the deep tail. */
  readonly weights: Readonly<Record<View, number>>;
  /** Of surprise that is only rare. */
  readonly faintWeights: Readonly<Record<View, number>>;
  /** Of the range rule. */
  readonly range: number;
}

export const SEVERITY_WEIGHTS: SeverityWeights = {
  weights: P.weights,
  faintWeights: P.faintWeights,
  range: 1,
};

/** Sum of the contributions of all causes, ≥ 0. */
export type Severity = (surprises: Float64Array) => number;

const BEYOND: Readonly<Partial<Record<View, number>>> = {
  quiet: P.quietBeyond,
  still: P.stillBeyond,
};
/** Surprise from which a view counts as strange. */
const DEEP = Float64Array.from(VIEWS, (view) => DEEP_SURPRISE + (BEYOND[view] ?? 0));
const RANGE = VIEWS.length;

/** @param weights those of the detector by default; benchmarks compare others. */
export function createSeverity(weights: SeverityWeights = SEVERITY_WEIGHTS): {
  readonly severity: Severity;
  /** What a cause, by its place, adds to the severity. */
  readonly contribution: (cause: number, surprise: number) => number;
} {
  const strong = Float64Array.from(VIEWS, (view) => weights.weights[view]);
  const faint = Float64Array.from(VIEWS, (view) => weights.faintWeights[view]);
  const contribution = (cause: number, surprise: number): number => {
    if (surprise === 0) return 0;
    if (cause === RANGE) return weights.range * surprise;
    const strange = Math.min(P.largestView, Math.max(0, surprise - DEEP[cause]));
    const rare = Math.min(P.largestFaint, Math.max(0, surprise - P.faintFrom));
    return strong[cause] * strange + faint[cause] * rare;
  };
  return {
    contribution,
    severity: (surprises) => {
      let total = 0;
      for (let k = 0; k <= RANGE; k++) total += contribution(k, surprises[k]);
      return total;
    },
  };
}

const own = createSeverity();

/** Severity of a row by the surprises of its views and what the range rule added. */
export const severityOf: Severity = own.severity;

/** Causes of a severity, largest contribution first, without those below a twentieth. */
export function causesOf(surprises: Float64Array): readonly Cause[] {
  const least = severityOf(surprises) / 20;
  return [...VIEWS, 'range' as const]
    .map((cause, k) => ({ cause, share: own.contribution(k, surprises[k]) }))
    .filter(({ share }) => share > 0 && share >= least)
    .sort((a, b) => b.share - a.share)
    .map(({ cause }) => cause);
}
