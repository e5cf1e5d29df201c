import { createDetectorMemory } from './detector-memory.ts';
import { createEpisodeRule } from './episode-rule.ts';
import { createMetricDetector, METRIC_MEMORY_BYTES } from './metric-detector.ts';

const EPISODE_BYTES = 24;

export interface ScoredPoint {
  /** Severity ≥ 0; 0 unless the point begins or exceeds an episode. */
  readonly score: number;
  /**
   * Bounds of 99 % of the expected values, in the unit of the series; NaN before the first value.
   */
  readonly lower: number;
  readonly upper: number;
}

export interface SeriesScorer {
  /**
   * Scores the next row from the rows before it, then learns it. A value that is not finite scores
   * 0.
   */
  score(atSeconds: number, value: number): ScoredPoint;
  /** Bytes from which `createSeriesScorer` continues with the same results. */
  save(): Uint8Array;
}

/**
 * Anomaly score of a plain series in one pass that sees only the past. The score is the severity of
 * the metric detector, once per episode. The memory is bounded (`METRIC_MEMORY_BYTES`). Time stamps
 * may repeat or jump.
 * @param saved result of `save`; anything else starts a new scorer.
 */
export function createSeriesScorer(saved: Uint8Array | null = null): SeriesScorer {
  const block = new Uint8Array(METRIC_MEMORY_BYTES + EPISODE_BYTES);
  if (saved?.length === block.length) block.set(saved);
  const detector = createMetricDetector(
    createDetectorMemory(block.subarray(0, METRIC_MEMORY_BYTES)),
  );
  const episode = createEpisodeRule(createDetectorMemory(block.subarray(METRIC_MEMORY_BYTES)));
  return {
    score(atSeconds, value) {
      const { severity, lower, upper } = detector.score(atSeconds, value);
      return { score: episode.step(severity, detector.rowsPerDay()), lower, upper };
    },
    save: () => block.slice(),
  };
}
