import { createDetectorMemory } from '#core/detection/metric/detector-memory.ts';
import { createEpisodeRule } from '#core/detection/metric/episode-rule.ts';
import { createMetricDetector } from '#core/detection/metric/metric-detector.ts';
import { createSeverity, type SeverityWeights } from '#core/detection/metric/severity.ts';
import type { LabelledFile } from './labelled-files.ts';

const EPISODE_BYTES = 24;

/** What the detector saw in each row of a file. It does not depend on the weights. */
export interface RecordedFile {
  readonly file: LabelledFile;
  /** Row after row, the surprise of each cause. */
  readonly surprises: Float32Array;
  readonly causes: number;
  /** 1 where a cause has a surprise. */
  readonly isStrange: Uint8Array;
  readonly rowsPerDay: Float32Array;
}

export function record(file: LabelledFile): RecordedFile {
  const detector = createMetricDetector();
  const causes = detector.surprises().length;
  const surprises = new Float32Array(file.values.length * causes);
  const rowsPerDay = new Float32Array(file.values.length);
  const isStrange = new Uint8Array(file.values.length);
  file.values.forEach((value, row) => {
    detector.score(file.times[row]!, value);
    surprises.set(detector.surprises(), row * causes);
    isStrange[row] = detector.surprises().some((surprise) => surprise > 0) ? 1 : 0;
    rowsPerDay[row] = detector.rowsPerDay();
  });
  return { file, surprises, causes, isStrange, rowsPerDay };
}

/** Constants that turn surprises into scores. */
export interface ScoreConstants extends SeverityWeights {
  readonly restlessness: number;
}

/** The scores of `foreprint detect`, with other constants. */
export function scoresOf(
  { surprises, causes, isStrange, rowsPerDay }: RecordedFile,
  constants: ScoreConstants,
): Float64Array {
  const { severity } = createSeverity(constants);
  const memory = createDetectorMemory(new Uint8Array(EPISODE_BYTES));
  const episode = createEpisodeRule(memory, constants.restlessness);
  const row = new Float64Array(causes);
  return Float64Array.from(rowsPerDay, (perDay, k) => {
    if (isStrange[k] === 0) return episode.step(0, perDay);
    row.set(surprises.subarray(k * causes, (k + 1) * causes));
    return episode.step(severity(row), perDay);
  });
}
