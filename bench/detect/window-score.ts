import type { LabelledFile } from './labelled-files.ts';

/**
 * What a false alarm and a missed window cost in the three profiles of the Numenta benchmark, v1.1.
 */
export const PROFILES = {
  standard: { falseAlarm: 0.11, missed: 1 },
  'low false positives': { falseAlarm: 0.22, missed: 1 },
  'low false negatives': { falseAlarm: 0.11, missed: 2 },
} as const;
export type Profile = keyof typeof PROFILES;

export interface WindowScore {
  /** 100 for every window found at its first row without a false alarm, 0 for no alarm at all. */
  readonly score: number;
  readonly threshold: number;
}

interface Alarm {
  readonly score: number;
  /** Number of the window over all files, −1 outside. */
  readonly window: number;
  /** What the alarm earns or, before the profile's weight, costs. */
  readonly worth: number;
}

/** Rows at the beginning of a file that are not counted. */
export const probationRows = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750);

/**
 * Score of Lavin and Ahmad, Evaluating real-time anomaly detection algorithms, ICMLA 2015, at the
 * threshold that is best for these files, or at the given one. `../shared/tools/nab_score.py` gives
 * the same figures.
 */
export function windowScore(
  files: readonly LabelledFile[],
  scores: readonly Float64Array[],
  profile: Profile,
  threshold?: number,
): WindowScore {
  const { falseAlarm, missed } = PROFILES[profile];
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  const earned = new Float64Array(windows).fill(-missed);
  let raw = -missed * windows;
  let best = { raw, threshold: Infinity };
  const alarms = alarmsOf(files, scores).sort((a, b) => b.score - a.score);
  alarms.forEach(({ score, window, worth }, k) => {
    if (threshold !== undefined && score < threshold) return;
    if (window < 0) raw += falseAlarm * worth;
    else {
      raw += Math.max(0, worth - earned[window]!);
      earned[window] = Math.max(earned[window]!, worth);
    }
    const isLastOfItsScore = alarms[k + 1]?.score !== score;
    if (threshold !== undefined) best = { raw, threshold };
    else if (isLastOfItsScore && raw > best.raw) best = { raw, threshold: score };
  });
  return {
    score: (100 * (best.raw + missed * windows)) / (windows * (1 + missed)),
    threshold: best.threshold,
  };
}

function alarmsOf(files: readonly LabelledFile[], scores: readonly Float64Array[]): Alarm[] {
  const alarms: Alarm[] = [];
  let firstWindow = 0;
  files.forEach(({ windows, values }, file) => {
    for (let row = probationRows(values.length); row < values.length; row++) {
      const score = scores[file]![row]!;
      if (score <= 0) continue;
      const own = windows.findIndex(([from, to]) => from <= row && row <= to);
      const worth = own < 0 ? worthOutside(windows, row) : worthInside(windows[own]!, row);
      alarms.push({ score, window: own < 0 ? -1 : firstWindow + own, worth });
    }
    firstWindow += windows.length;
  });
  return alarms;
}

const sigmoid = (position: number): number =>
  position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;

function worthInside([from, to]: readonly [number, number], row: number): number {
  return sigmoid(-(to - row + 1) / (to - from + 1)) / sigmoid(-1);
}

/** Just behind a window an alarm costs little, elsewhere all of it. */
function worthOutside(windows: LabelledFile['windows'], row: number): number {
  const before = windows.findLast(([, to]) => to < row);
  if (before === undefined) return -1;
  const [from, to] = before;
  return sigmoid((row - to) / (to - from));
}
