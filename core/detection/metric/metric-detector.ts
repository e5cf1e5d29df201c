import type { ExpectedInterval } from '#core/domain/allocation.ts';
import { VIEWS, type Cause } from '#core/domain/detection-cause.ts';
import { createDetectorMemory, type DetectorMemory } from './detector-memory.ts';
import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import { createFirstRows, FIRST_ROWS } from './first-rows.ts';
import { createLearnedMetric, type MetricScore } from './learned-metric.ts';
import { createRecurringEpisodes, type EpisodeRow, type Recurrence } from './recurring-episodes.ts';
import { createSetAside } from './set-aside.ts';
import { causesOf, severityOf } from './severity.ts';
import { createStepEstimate } from './step-estimate.ts';

const DAY = 24 * 3600;
/** Larger values would overflow single precision. */
const LARGEST_VALUE = 1e30;
/** Smallest severity of a row that is remembered as part of an episode. */
const STRANGE = 0.3;
/** Bytes that the parts of the detector take. */
export const METRIC_MEMORY_BYTES = 6056;

export interface MetricDetector {
  /**
   * Scores a value from the rows before it, then learns it. A value that is not finite scores 0 and
   * is not learned.
   * @param atSeconds local time of the metric in Unix seconds; may repeat or jump.
   * @param model forecast of the application's trained model for this row, if there is one.
   */
  score(atSeconds: number, value: number, model?: ExpectedInterval | null): MetricScore;
  /**
   * Causes of the last severity, largest contribution first. Contributions below a twentieth are
   * left out.
   */
  causes(): readonly Cause[];
  /**
   * Surprise of each view in the last row, in the order of VIEWS, and what the range rule added.
   * The array is reused by the next row.
   */
  surprises(): Float64Array;
  rowsPerDay(): number;
  /** Mean absolute value of the last days, in the metric's unit. */
  level(): number;
}

const [ROWS, PER_DAY] = [0, 1];

/**
 * Streaming anomaly detector of one metric, in one pass and bounded memory. It takes the residual
 * of a blend of cheap forecasts and computes eleven views of it. The severity sums, over the views,
 * how improbable each view is given the last weeks, and adds the range of all values so far. Each
 * row is scored before it is learned, as in river and by the rules of the Numenta benchmark. Gross
 * values are scored but not learned at once (`SetAside`), and what recurs at the same time of the
 * week is neither scored nor learned (`RecurringEpisodes`).
 * @param memory of `METRIC_MEMORY_BYTES`; with the bytes of another detector it goes on as that.
 */
export function createMetricDetector(memory: DetectorMemory = newMemory()): MetricDetector {
  const state = memory.doubles(2);
  const surprises = memory.doubles(VIEWS.length + 1);
  const estimateStep = createStepEstimate(memory);
  const firstRows = createFirstRows(memory);
  const setAside = createSetAside(memory);
  const recurring = createRecurringEpisodes(memory);
  // What comes from here on is not learned from gross values.
  const learnedFrom = memory.place();
  const learned = createLearnedMetric(memory, surprises);
  const { forecast, views, range } = learned;

  /** Begins anew with the first rows without their gross values, if there are any. */
  function relearnFirstRows(atSeconds: number, rowsPerDay: number): void {
    const cleaned = firstRows.cleaned();
    if (cleaned === null) return;
    const anew = newMemory();
    createMetricDetector(anew);
    memory.restore(anew.bytes(), learnedFrom);
    cleaned.forEach((value, row) => {
      if (Number.isNaN(value)) return;
      const at = atSeconds - ((FIRST_ROWS - row) * DAY) / rowsPerDay;
      const expected = forecast.predict(at, null);
      const base = forecast.base();
      learned.take({ atSeconds: at, value, expected, base, rowsPerDay, model: null });
    });
  }

  /** Remembers a row that is as it was at this time of the last weeks, and learns nothing else. */
  function recurAgain(row: Omit<EpisodeRow, 'isStrange'>, recurrence: Recurrence): void {
    recurring.learn({
      ...row,
      base: Math.min(row.base, recurrence.floor),
      isStrange: row.value > row.base && row.value >= recurrence.high,
    });
    forecast.pass();
    state[ROWS]++;
  }

  return {
    score(atSeconds, measured, model = null) {
      const stepSeconds = estimateStep(atSeconds);
      const rowsPerDay = DAY / stepSeconds;
      state[PER_DAY] = rowsPerDay;
      const rows = state[ROWS];
      const isFirst = rows === 0;
      surprises.fill(0);
      if (!Number.isFinite(measured)) {
        const expected = isFirst ? NaN : forecast.predict(atSeconds, model?.median ?? null);
        return learned.boundsOf(expected, isFirst ? NaN : forecast.base());
      }
      const finite = Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, measured));
      if (rows < FIRST_ROWS) firstRows.keep(rows, finite);
      if (rows === FIRST_ROWS) relearnFirstRows(atSeconds, rowsPerDay);
      const value = rows < FIRST_ROWS ? finite : range.bounded(finite);
      const predicted = forecast.predict(atSeconds, model?.median ?? null);
      const expected = isFirst ? value : predicted;
      const base = isFirst ? value : forecast.base();
      const recurrence = recurring.at(atSeconds, stepSeconds);
      const result = learned.boundsOf(expected, base, recurrence?.ceiling);
      const usual = P.clip * views.baseScale();
      const isKnown =
        recurrence !== null &&
        finite <= recurrence.ceiling &&
        finite >= Math.min(recurrence.floor, base) - usual;
      const episodeRow = { atSeconds, stepSeconds, value: finite, base, clear: base + usual };
      if (isKnown) {
        recurAgain(episodeRow, recurrence);
        result.isKnown = true;
        return result;
      }
      const isOutside = rows >= FIRST_ROWS && range.isGross(finite);
      const before = setAside.step(isOutside, rows, rowsPerDay) ? memory.bytes() : null;
      learned.take({ atSeconds, value, expected, base, rowsPerDay, model });
      if (before !== null) memory.restore(before, learnedFrom);
      recurring.learn({ isStrange: severityOf(surprises) >= STRANGE, ...episodeRow });
      if (state[ROWS]++ < P.warmUpRows) surprises.fill(0);
      // Reuses the object: allocating a second one in every row is measurably slower.
      result.severity = severityOf(surprises);
      return result;
    },
    causes: () => causesOf(surprises),
    surprises: () => surprises,
    rowsPerDay: () => state[PER_DAY],
    level: () => views.level(),
  };
}

const newMemory = () => createDetectorMemory(new Uint8Array(METRIC_MEMORY_BYTES));
