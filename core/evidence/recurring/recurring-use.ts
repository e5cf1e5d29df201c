import type { PeakLog } from '#core/domain/profiles.ts';
import { classesOf, type DayClass } from './day-classes.ts';
import { useAround } from './peak-log.ts';

const DAY_SECONDS = 86_400;
/** How surely a peak that recurs comes again. */
const FAITHFUL = 0.98;
/** No past is worth more odds than this: two misses in a row make a peak unlikely. */
const MOST_ODDS = 6;
/** Days in which chance meetings of peaks are counted. */
const CHANCE_DAYS = 56;
/** Weeks on either side of a day that tell what is usual on its weekday. */
const WEEKS_AROUND = 4;
const LEAST_CHANCE = 0.01;
const MOST_CHANCE = 0.5;
/** Past peaks whose height is expected again. */
const NEWEST = 6;

/**
 * Use that rises by at least this share of a known peak's rise is the peak again. Only for days on
 * which nobody searched for peaks yet.
 */
const LEAST_SHARE_OF_RISE = 0.5;

/** A peak that may come again at an instant. */
export interface RecurringUse {
  /** Probability that it comes. */
  readonly chance: number;
  /** Use in past peaks and the level that each stood on, newest first. */
  readonly past: readonly { readonly use: number; readonly level: number }[];
}

/**
 * What past peaks say of an instant. Each class of days (every Monday, every second Thursday, the
 * last day of the month, …) is a hypothesis. Its odds grow with every past day of the class that
 * had a peak at this time of day, by how unlikely that is by chance, and fall with every day that
 * had none (Bayes' rule). The first peak only suggests the hypothesis.
 * @param atSeconds start of the step, local time.
 * @param measured tells whether known peaks came again since they were searched for.
 * @returns null where no peak came twice.
 */
export function recurringUse(
  log: PeakLog,
  atSeconds: number,
  measured: Measured,
): RecurringUse | null {
  if (log.peaks.length === 0) return null;
  const { stepSeconds, useAt } = measured;
  const at: Instant = { stepSeconds, useAt, atSeconds };
  const seen = classesOf(Math.floor(atSeconds / DAY_SECONDS)).map((dayClass) => ({
    dayClass,
    uses: usesOn(log, dayClass, at),
  }));
  let best: RecurringUse['past'] = [];
  let most = 0;
  let [coming, others] = [0, 1];
  for (const { dayClass, uses } of seen) {
    const past = uses.flatMap((use) => use ?? []);
    if (past.length < 2) continue;
    const byChance = chanceMeeting(log, { atSeconds, stepSeconds, own: past.length });
    const instant = { atSeconds, stepSeconds, byChance };
    const odds = Math.exp(dayClass.prior + evidenceOf(log, { dayClass, uses }, instant));
    if (!dayClass.isToday) {
      others += odds;
      continue;
    }
    coming += odds;
    if (odds > most) [most, best] = [odds, past.slice(0, NEWEST)];
  }
  return most === 0 ? null : { chance: coming / (coming + others), past: best };
}

/** What was measured of late. */
interface Measured {
  readonly stepSeconds: number;
  /** Use in the step that begins at a local time; null where it is not known. */
  readonly useAt?: ((atSeconds: number) => number | null) | undefined;
}

interface Instant extends Measured {
  readonly atSeconds: number;
}

/** Use of a day's peak, null without one, undefined where nobody searched yet. */
type DayUse = RecurringUse['past'][number] | null | undefined;

/** Per day of the class, newest first. */
function usesOn(
  { peaks, fromSeconds, toSeconds }: PeakLog,
  { daysAgo }: DayClass,
  instant: Instant,
): DayUse[] {
  const { atSeconds, stepSeconds } = instant;
  const uses: DayUse[] = [];
  for (const days of daysAgo) {
    const at = atSeconds - days * DAY_SECONDS;
    if (at < fromSeconds) break;
    uses.push(at + stepSeconds <= toSeconds ? useAround(peaks, at, stepSeconds) : undefined);
  }
  // Only the newest days can be without a search.
  const newest = uses.find((use) => use);
  if (!newest) return uses;
  return uses.map((use, k) => (use === undefined ? cameAgain(newest, daysAgo[k], instant) : use));
}

/** Whether a known peak came on a day on which nobody searched yet; undefined if not measured. */
function cameAgain(
  { use, level }: NonNullable<DayUse>,
  daysAgo: number,
  { atSeconds, stepSeconds, useAt }: Instant,
): DayUse {
  const at = atSeconds - daysAgo * DAY_SECONDS;
  const around = [-1, 0, 1].flatMap((near) => useAt?.(at + near * stepSeconds) ?? []);
  if (around.length === 0) return undefined;
  const most = Math.max(...around);
  return most - level >= LEAST_SHARE_OF_RISE * (use - level) ? { use: most, level } : null;
}

/**
 * Logarithmic likelihood ratio of a class against chance, from its second peak on. A day on which
 * the same weekday has peaks anyway is no evidence for a rarer class.
 */
function evidenceOf(
  log: PeakLog,
  { dayClass, uses }: { readonly dayClass: DayClass; readonly uses: readonly DayUse[] },
  instant: Instant & { readonly byChance: number },
): number {
  let evidence = 0;
  const first = uses.findLastIndex((use) => use);
  for (let k = first - 1; k >= 0; k--) {
    if (uses[k] === undefined) continue;
    const usual = weekdayRate(log, { dayClass, daysAgo: dayClass.daysAgo[k] }, instant);
    const byChance = Math.min(FAITHFUL, Math.max(instant.byChance, usual));
    const odds = uses[k] === null ? (1 - FAITHFUL) / (1 - byChance) : FAITHFUL / byChance;
    evidence = Math.max(-MOST_ODDS, Math.min(MOST_ODDS, evidence + Math.log(odds)));
  }
  return evidence;
}

/** Share of the same weekday's days around one, those of the class left out, that had a peak. */
function weekdayRate(
  { peaks, fromSeconds, toSeconds }: PeakLog,
  { dayClass, daysAgo }: { readonly dayClass: DayClass; readonly daysAgo: number },
  { atSeconds, stepSeconds }: Instant,
): number {
  let [days, hits] = [0, 0];
  for (let weeks = -WEEKS_AROUND; weeks <= WEEKS_AROUND; weeks++) {
    const other = daysAgo + 7 * weeks;
    const at = atSeconds - other * DAY_SECONDS;
    if (at < fromSeconds || at + stepSeconds > toSeconds) continue;
    if (dayClass.daysAgo.includes(other)) continue;
    days++;
    if (useAround(peaks, at, stepSeconds) !== null) hits++;
  }
  return hits / (days + 1);
}

/**
 * How often a peak of no class meets a given time: the larger of the share of other days that had
 * one at this time of day, and the share of all time that is within peaks.
 */
function chanceMeeting(
  { peaks, fromSeconds, toSeconds }: PeakLog,
  { atSeconds, stepSeconds, own }: Instant & { readonly own: number },
): number {
  const from = Math.max(fromSeconds, toSeconds - CHANCE_DAYS * DAY_SECONDS);
  const days = (toSeconds - from) / DAY_SECONDS;
  let [within, atThisTime] = [0, 0];
  for (let k = peaks.length - 1; k >= 0 && peaks[k].fromSeconds >= from; k--) {
    const peak = peaks[k];
    const length = peak.toSeconds - peak.fromSeconds + 2 * stepSeconds;
    within += length;
    const since = modulo(atSeconds - peak.fromSeconds + stepSeconds, DAY_SECONDS);
    if (since < length) atThisTime++;
  }
  const onOthers = Math.max(0, atThisTime - own);
  const chance = Math.max(
    (onOthers + 0.5) / Math.max(1, days - own + 1),
    within / (days * DAY_SECONDS),
  );
  return Math.min(MOST_CHANCE, Math.max(LEAST_CHANCE, chance));
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
