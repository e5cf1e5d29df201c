import type { Watermark } from '#adapters/aws/dynamodb/watermark.ts';
import type { TimeRange } from '#core/domain/ports.ts';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** CloudWatch keeps points of five minutes this long, … */
export const FINE_SECONDS = 63 * DAY_SECONDS;
/** … and of an hour this long. */
const COARSE_DAYS = 455;
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
 * The next part of the past to be read, newest first: five-minute points for 63 days, before them hourly ones for as long
 * as CloudWatch and the history keep them. Null when all of it was read.
 * @param historyDays days that the history keeps.
 */
export function backFillPart(
  { fromSeconds }: Watermark,
  nowSeconds: number,
  { stepSeconds, historyDays }: { readonly stepSeconds: number; readonly historyDays: number },
): BackFillPart | null {
  const oldest = (seconds: number) => hourStart(nowSeconds - seconds) + HOUR_SECONDS;
  const kept = Math.min(COARSE_DAYS, historyDays) - MARGIN_DAYS;
  const coarse = oldest(kept * DAY_SECONDS);
  const fine = Math.max(oldest(FINE_SECONDS), coarse);
  const toSeconds = hourStart(fromSeconds);
  if (toSeconds > fine) {
    const range = { fromSeconds: Math.max(fine, toSeconds - FINE_PART_SECONDS), toSeconds };
    return { range, periodSeconds: stepSeconds };
  }
  if (toSeconds <= coarse) return null;
  const range = { fromSeconds: Math.max(coarse, toSeconds - COARSE_PART_SECONDS), toSeconds };
  return { range, periodSeconds: HOUR_SECONDS };
}
