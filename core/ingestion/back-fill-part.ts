import type { SourceLimits, TimeRange } from '#core/domain/ports.ts';
import type { Watermark } from '#core/domain/watermark.ts';
import type { IngestTime } from './ingest-run.ts';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** The oldest day is left out: until it is written it may be older than the history keeps. */
const MARGIN_DAYS = 1;

/** Steps of a call: 2,016 of five minutes are a week, of an hour twelve weeks. */
const FINE_PART_SECONDS = 7 * DAY_SECONDS;
const COARSE_PART_SECONDS = 84 * DAY_SECONDS;

export interface BackFillPart {
  readonly range: TimeRange;
  readonly periodSeconds: number;
}

/** Start of the hour that contains a time: five-minute and hourly points never share an hour. */
export function hourStart(seconds: number): number {
  return Math.floor(seconds / HOUR_SECONDS) * HOUR_SECONDS;
}

/**
 * The next part of the past to be read, newest first: points of the step for as long as the source
 * keeps them, before them hourly ones for as long as the source and the history keep them. Null
 * when all of it was read.
 */
export function backFillPart(
  { fromSeconds }: Watermark,
  { nowSeconds, stepSeconds, historyDays }: IngestTime,
  { fineDays, coarseDays }: SourceLimits,
): BackFillPart | null {
  const oldest = (seconds: number) => hourStart(nowSeconds - seconds) + HOUR_SECONDS;
  const kept = Math.min(coarseDays, historyDays) - MARGIN_DAYS;
  const coarse = oldest(kept * DAY_SECONDS);
  const fine = Math.max(oldest(fineDays * DAY_SECONDS), coarse);
  const toSeconds = hourStart(fromSeconds);
  if (toSeconds > fine) {
    const range = { fromSeconds: Math.max(fine, toSeconds - FINE_PART_SECONDS), toSeconds };
    return { range, periodSeconds: stepSeconds };
  }
  if (toSeconds <= coarse) return null;
  const range = { fromSeconds: Math.max(coarse, toSeconds - COARSE_PART_SECONDS), toSeconds };
  return { range, periodSeconds: HOUR_SECONDS };
}
