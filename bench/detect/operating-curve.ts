import type { LabelledFile } from './labelled-files.ts';
import { probationRows } from './window-score.ts';

const WEEK = 7 * 24 * 3600;
/** Alarms that are no further apart are one episode. */
const EPISODE_ROWS = 12;

export interface OperatingPoint {
  readonly threshold: number;
  /** Share of the windows with an alarm in them. */
  readonly found: number;
  readonly falseEpisodesPerWeek: number;
}

/** Windows found against false episodes per metric and week at a threshold. */
export function operatingPoint(
  files: readonly LabelledFile[],
  scores: readonly Float64Array[],
  threshold: number,
): OperatingPoint {
  let [found, windows, episodes, weeks] = [0, 0, 0, 0];
  files.forEach((file, k) => {
    const from = probationRows(file.values.length);
    const alarms = [...scores[k]!.keys()].filter(
      (row) => row >= from && scores[k]![row]! >= threshold,
    );
    windows += file.windows.length;
    found += file.windows.filter(([first, last]) =>
      alarms.some((row) => first <= row && row <= last),
    ).length;
    episodes += falseEpisodes(alarms, file);
    weeks += (file.times.at(-1)! - file.times[from]!) / WEEK;
  });
  return { threshold, found: found / windows, falseEpisodesPerWeek: episodes / weeks };
}

/** Runs of alarms none of which lies in a window. */
function falseEpisodes(alarms: readonly number[], { windows }: LabelledFile): number {
  const runs: number[][] = [];
  for (const row of alarms) {
    const run = runs.at(-1);
    if (run !== undefined && row - run.at(-1)! <= EPISODE_ROWS) run.push(row);
    else runs.push([row]);
  }
  const isTrue = (row: number): boolean => windows.some(([from, to]) => from <= row && row <= to);
  return runs.filter((run) => !run.some(isTrue)).length;
}

/** The most windows that can be found with at most so many false episodes per metric and week. */
export function workingPoint(
  files: readonly LabelledFile[],
  scores: readonly Float64Array[],
  mostPerWeek: number,
): OperatingPoint {
  const thresholds = [...new Set(scores.flatMap((all) => [...all].filter((score) => score > 0)))];
  thresholds.sort((a, b) => a - b);
  let [low, high] = [0, thresholds.length - 1];
  // The rate falls with the threshold.
  while (low < high) {
    const middle = (low + high) >> 1;
    const { falseEpisodesPerWeek } = operatingPoint(files, scores, thresholds[middle]!);
    if (falseEpisodesPerWeek <= mostPerWeek) high = middle;
    else low = middle + 1;
  }
  return operatingPoint(files, scores, thresholds[high]!);
}
