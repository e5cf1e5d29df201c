import type { ExpectedInterval } from '#core/domain/allocation.ts';
import { createBlendedForecast } from './blended-forecast.ts';
import { createDetectorMemory } from './detector-memory.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { createRangeRule } from './range-rule.ts';
import { VIEWS, type Cause, type View } from '#core/domain/detection-cause.ts';
import { createResidualViews } from './residual-views.ts';
import { createStepEstimate } from './step-estimate.ts';
import { createTailSketch, DEEP_SURPRISE } from './tail-sketch.ts';

const DAY = 24 * 3600;
/** Larger values would overflow single precision. */
const LARGEST_VALUE = 1e30;
/** The interval holds this share of the past's residuals. */
const OUTSIDE_SHARE = 0.01;
/** The base's band holds less: it says on which side a metric lies, not whether that is strange. */
const BASE_OUTSIDE_SHARE = 0.05;
/** Bytes of the memory: what the parts take, and nothing more. */
export const METRIC_MEMORY_BYTES = 6072;

export interface MetricScore {
  /** Sum of the causes' shares, ≥ 0; higher is stranger. */
  readonly severity: number;
  /** One-step forecast of the blend, and the value without any news: slow level with season. */
  readonly expected: number;
  readonly base: number;
  /** Where 99 % of the values were expected one step ahead, and 95 % around the base; NaN before the first value. */
  readonly lower: number;
  readonly upper: number;
  readonly baseLower: number;
  readonly baseUpper: number;
}

export interface MetricDetector {
  /**
   * Scores a value from the rows before it, then learns it. A value that is not finite scores 0 and is not learnt.
   * @param atSeconds the metric's local time in Unix seconds; may repeat or jump.
   * @param model what the application's trained model expected here, if there is one.
   */
  score(atSeconds: number, value: number, model?: ExpectedInterval | null): MetricScore;
  /** What the last severity was made of, largest first, shares of at least a twentieth. */
  causes(): readonly Cause[];
  rowsPerDay(): number;
  /** Bytes from which `createMetricDetector` goes on as if it had never stopped. */
  save(): Uint8Array;
}

const [ROWS, PER_DAY] = [0, 1];

/**
 * Streaming anomaly detector of one metric in one pass and bounded memory: the residual of a blend of cheap forecasters,
 * looked at in eleven ways; how far each lies beyond what the last weeks make probable; and the range of all values so
 * far. The sum is the severity. Score before learning, as in river and the Numenta benchmark's rules.
 *
 * @param saved what `save` gave; anything else starts anew.
 */
export function createMetricDetector(saved: Uint8Array | null = null): MetricDetector {
  const memory = createDetectorMemory(METRIC_MEMORY_BYTES, saved);
  const state = memory.doubles(2);
  const shares = memory.doubles(VIEWS.length + 1);
  const stepSeconds = createStepEstimate(memory);
  const forecast = createBlendedForecast(memory);
  const views = createResidualViews(memory);
  const range = createRangeRule(memory);
  // Only views with a weight need a tail; the point's also gives the interval.
  const sketches = VIEWS.map((view) => (isUsed(view) ? createTailSketch(memory) : null));
  const [points, bases] = [sketches[VIEWS.indexOf('point')]!, sketches[VIEWS.indexOf('base')]!];

  function interval(
    expected: number,
    base: number,
  ): { -readonly [K in keyof MetricScore]: number } {
    const half = views.scale() * points.exceededBy(OUTSIDE_SHARE);
    const baseHalf = views.baseScale() * bases.exceededBy(BASE_OUTSIDE_SHARE);
    return {
      severity: 0,
      expected,
      base,
      lower: expected - half,
      upper: expected + half,
      baseLower: base - baseHalf,
      baseUpper: base + baseHalf,
    };
  }

  function judge(looks: Float64Array, memoryRows: number): void {
    for (let k = 0; k < VIEWS.length; k++) {
      const sketch = sketches[k];
      if (!sketch || Number.isNaN(looks[k]!)) continue;
      shares[k] = shareOf(k, sketch.surprise(looks[k]!, FROM[k]));
      sketch.learn(looks[k]!, memoryRows);
    }
  }

  return {
    score(atSeconds, given, model = null) {
      const rowsPerDay = DAY / stepSeconds(atSeconds);
      state[PER_DAY] = rowsPerDay;
      const isFirst = state[ROWS] === 0;
      shares.fill(0);
      if (!Number.isFinite(given)) {
        const expected = isFirst ? NaN : forecast.predict(atSeconds, model?.median ?? null);
        return interval(expected, isFirst ? NaN : forecast.base());
      }
      const finite = Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, given));
      const value = state[ROWS]! < P.warmUpRows ? finite : range.bounded(finite);
      const predicted = forecast.predict(atSeconds, model?.median ?? null);
      const expected = isFirst ? value : predicted;
      const base = isFirst ? value : forecast.base();
      const result = interval(expected, base);
      const largest = range.largest();
      const row = { atSeconds, value, expected, base, rowsPerDay, largest, model };
      const looks = views.look(row);
      judge(looks, Math.max(P.tailLeastRows, P.tailDays * rowsPerDay));
      shares[VIEWS.length] = range.step(value);
      forecast.learn(value, rowsPerDay);
      if (state[ROWS]!++ < P.warmUpRows) shares.fill(0);
      // A second object per row would be felt.
      result.severity = sum(shares);
      return result;
    },
    causes() {
      const least = sum(shares) / 20;
      return [...VIEWS, 'range' as const]
        .map((cause, k) => ({ cause, share: shares[k]! }))
        .filter(({ share }) => share > 0 && share >= least)
        .sort((a, b) => b.share - a.share)
        .map(({ cause }) => cause);
    },
    rowsPerDay: () => state[PER_DAY]!,
    save: () => memory.bytes(),
  };
}

const isUsed = (view: View): boolean => P.weights[view] > 0 || hasFaint(view);

const hasFaint = (view: View): boolean => P.faintWeights[view] > 0;
/** Smallest surprise that each view wants to hear of. */
const FROM = VIEWS.map((view) => (hasFaint(view) ? P.faintFrom : DEEP_SURPRISE));

const WEIGHTS = Float64Array.from(VIEWS, (view) => P.weights[view]);
const FAINT_WEIGHTS = Float64Array.from(VIEWS, (view) => P.faintWeights[view]);
const BEYOND: Readonly<Partial<Record<View, number>>> = {
  quiet: P.quietBeyond,
  still: P.stillBeyond,
};
/** Surprise beyond which a view is strange. */
const DEEP = Float64Array.from(VIEWS, (view) => DEEP_SURPRISE + (BEYOND[view] ?? 0));

/** What the view of this number adds to the severity: its surprise beyond the deep tail, and a little for what is merely rare. */
function shareOf(k: number, surprise: number): number {
  if (surprise === 0) return 0;
  const strange = Math.min(P.largestView, Math.max(0, surprise - DEEP[k]!));
  const faint = Math.min(P.largestFaint, Math.max(0, surprise - P.faintFrom));
  return WEIGHTS[k]! * strange + FAINT_WEIGHTS[k]! * faint;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let k = 0; k < values.length; k++) total += values[k]!;
  return total;
}
