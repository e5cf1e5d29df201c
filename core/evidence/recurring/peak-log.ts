import type { Peak, PeakLog } from '#core/domain/profiles.ts';
import { findPeaks, type SearchedSeries } from './find-peaks.ts';

/** Peaks that are kept. Who has more of them in a year has no rare ones. */
const MOST_PEAKS = 160;

/**
 * The peaks of a window, and before it those that are known. What is known is dropped where it
 * belongs to another time zone or ends before the window begins.
 */
export function learnPeaks(
  known: PeakLog | undefined,
  window: SearchedSeries,
  timeZone: string,
): PeakLog {
  const { startSeconds, stepSeconds, values } = window;
  const isContinued = continues(known, window, timeZone) && known.fromSeconds < startSeconds;
  // A peak that goes on while the window begins is known from before.
  const found = findPeaks(window).filter(
    ({ fromSeconds }) => !isContinued || fromSeconds > startSeconds,
  );
  const earlier = isContinued
    ? known.peaks.filter(({ fromSeconds }) => fromSeconds <= startSeconds)
    : [];
  const peaks = [...earlier, ...found];
  const kept = peaks.slice(-MOST_PEAKS);
  const first = isContinued ? Math.min(known.fromSeconds, startSeconds) : startSeconds;
  return {
    timeZone,
    fromSeconds: kept.length < peaks.length ? kept[0].fromSeconds : first,
    toSeconds: startSeconds + values.length * stepSeconds,
    peaks: kept,
  };
}

/** Whether what is known reaches to the window. */
export function continues(
  known: PeakLog | undefined,
  { startSeconds }: Pick<SearchedSeries, 'startSeconds'>,
  timeZone: string,
): known is PeakLog {
  return known !== undefined && known.timeZone === timeZone && known.toSeconds >= startSeconds;
}

/**
 * Use in a peak within one step of an instant: jobs start a little earlier or later. Null where
 * there was no peak.
 */
export function useAround(
  peaks: readonly Peak[],
  atSeconds: number,
  stepSeconds: number,
): { readonly use: number; readonly level: number } | null {
  const peak = lastFrom(peaks, atSeconds + stepSeconds);
  if (peak === null || peak.toSeconds <= atSeconds - stepSeconds) return null;
  let use = 0;
  for (let near = -1; near <= 1; near++) {
    use = Math.max(use, useAt(peak, atSeconds + near * stepSeconds, stepSeconds));
  }
  return { use, level: peak.level };
}

function useAt(
  { fromSeconds, toSeconds, uses }: Peak,
  atSeconds: number,
  stepSeconds: number,
): number {
  const inside = Math.min(toSeconds - stepSeconds, Math.max(fromSeconds, atSeconds));
  const share = (inside - fromSeconds) / (toSeconds - fromSeconds);
  return uses[Math.min(uses.length - 1, Math.max(0, Math.floor(share * uses.length)))];
}

/** The last peak that begins at or before an instant. */
function lastFrom(peaks: readonly Peak[], atSeconds: number): Peak | null {
  let [low, high] = [0, peaks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (peaks[middle].fromSeconds <= atSeconds) low = middle + 1;
    else high = middle;
  }
  return peaks[low - 1] ?? null;
}
