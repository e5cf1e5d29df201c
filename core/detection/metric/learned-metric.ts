import { VIEWS, type View } from '#core/domain/detection-cause.ts';
import { createBlendedForecast, type BlendedForecast } from './blended-forecast.ts';
import type { DetectorMemory } from './detector-memory.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { createRangeRule, type RangeRule } from './range-rule.ts';
import { createResidualViews, type ResidualRow, type ResidualViews } from './residual-views.ts';
import { createTailSketch, DEEP_SURPRISE } from './tail-sketch.ts';

/** Share of past residuals outside the interval. */
const OUTSIDE_SHARE = 0.01;
/**
 * Share of past residuals outside the band around the base. The band is narrower because it only
 * says on which side of the base a value is.
 */
const BASE_OUTSIDE_SHARE = 0.05;

export interface MetricScore {
  /** Sum of the contributions of all causes, ≥ 0; higher is stranger. */
  readonly severity: number;
  /** One-step forecast of the blend, and the slow level with season (base). */
  readonly expected: number;
  readonly base: number;
  /**
   * Bounds of 99 % of the values around the one-step forecast, and of 95 % around the base; NaN
   * before the first value.
   */
  readonly lower: number;
  readonly upper: number;
  readonly baseLower: number;
  readonly baseUpper: number;
  /** True if the value is as high as it was at the same time of the last weeks; severity is 0. */
  readonly isKnown: boolean;
}

/** A score that is written while a row is judged. */
export type OpenScore = { -readonly [K in keyof MetricScore]: MetricScore[K] };

/** What is learned of a metric from its values: forecast, residuals, their tails, the range. */
export interface LearnedMetric {
  readonly forecast: BlendedForecast;
  readonly views: ResidualViews;
  readonly range: RangeRule;
  /**
   * The usual bounds of a row, with severity 0.
   * @param ceiling value up to which a row is known from this time of the week, if any is.
   */
  boundsOf(expected: number, base: number, ceiling?: number): OpenScore;
  /** Writes the surprises of a row by what was learned before, and learns it. */
  take(row: Omit<ResidualRow, 'largest'>): void;
}

/** @param surprises one per view and one for the range, written by `take`. */
export function createLearnedMetric(
  memory: DetectorMemory,
  surprises: Float64Array,
): LearnedMetric {
  const forecast = createBlendedForecast(memory);
  const views = createResidualViews(memory);
  const range = createRangeRule(memory);
  // Only views with a weight need a tail. The tail of the view "point" also gives the interval.
  const sketches = VIEWS.map((view) => (isUsed(view) ? createTailSketch(memory) : null));
  const [points, bases] = [sketches[VIEWS.indexOf('point')]!, sketches[VIEWS.indexOf('base')]!];

  function judge(looks: Float64Array, memoryRows: number): void {
    for (let k = 0; k < VIEWS.length; k++) {
      const sketch = sketches[k];
      if (!sketch || Number.isNaN(looks[k])) continue;
      surprises[k] = sketch.surprise(looks[k], FROM[k]);
      sketch.learn(looks[k], memoryRows);
    }
  }

  return {
    forecast,
    views,
    range,
    boundsOf(expected, base, ceiling = -Infinity) {
      const half = views.scale() * points.exceededBy(OUTSIDE_SHARE);
      const baseHalf = views.baseScale() * bases.exceededBy(BASE_OUTSIDE_SHARE);
      return {
        severity: 0,
        expected,
        base,
        lower: expected - half,
        upper: Math.max(expected + half, ceiling),
        baseLower: base - baseHalf,
        baseUpper: Math.max(base + baseHalf, ceiling),
        isKnown: false,
      };
    },
    take(row) {
      judge(views.look({ largest: range.largest(), ...row }), tailRows(row.rowsPerDay));
      surprises[VIEWS.length] = range.step(row.value);
      forecast.learn(row.value, row.rowsPerDay);
    },
  };
}

const tailRows = (rowsPerDay: number): number => Math.max(P.tailLeastRows, P.tailDays * rowsPerDay);

const isUsed = (view: View): boolean => P.weights[view] > 0 || hasFaint(view);

const hasFaint = (view: View): boolean => P.faintWeights[view] > 0;
/** Smallest surprise that counts for each view. */
const FROM = VIEWS.map((view) => (hasFaint(view) ? P.faintFrom : DEEP_SURPRISE));
