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
const LEAST_CHANCE = 0.01;
const MOST_CHANCE = 0.5;
/** Past peaks whose height is expected again. */
const NEWEST = 6;

/** A peak that may come again at an instant. */
export interface RecurringUse {
  /** Probability that it comes. */
  readonly chance: number;
  /** Use in past peaks and the level that each stood on, newest first. */
  readonly past: readonly { readonly use: number; readonly level: number }[];
}

/**
 * What past peaks say of an instant. Each class of days (every Monday, every second Thursday, the
 * last day of the month, …) is a hypothesis. Its odds grow with every past day of the class that had
 * a peak at this time of day, by how unlikely that is by chance, and fall with every day that had
 * none (Bayes' rule). The first peak only suggests the hypothesis.
 * @param atSeconds start of the step, local time.
 * @returns null where no peak came twice.
 */
export function recurringUse(
  log: PeakLog,
  atSeconds: number,
  stepSeconds: number,
): RecurringUse | null {
  if (log.peaks.length < 2) return null;
  const seen = classesOf(Math.floor(atSeconds / DAY_SECONDS)).map((dayClass) => ({
    dayClass,
    uses: usesOn(log, dayClass, { atSeconds, stepSeconds }),
  }));
  let best: RecurringUse['past'] = [];
  let most = 0;
  let [coming, others] = [0, 1];
  for (const { dayClass, uses } of seen) {
    const past = uses.flatMap((use) => use ?? []);
    if (past.length < 2) continue;
    const byChance = chanceMeeting(log, { atSeconds, stepSeconds, own: past.length });
    const odds = Math.exp(dayClass.prior + evidenceOf(uses, byChance));
    if (!dayClass.isToday) {
      others += odds;
      continue;
    }
    coming += odds;
    if (odds > most) [most, best] = [odds, past.slice(0, NEWEST)];
  }
  return most === 0 ? null : { chance: coming / (coming + others), past: best };
}

interface Instant {
  readonly atSeconds: number;
  readonly stepSeconds: number;
}

/** Per day of the class that was searched, newest first, the use of its peak; null without one. */
function usesOn(
  { peaks, fromSeconds, toSeconds }: PeakLog,
  { daysAgo }: DayClass,
  { atSeconds, stepSeconds }: Instant,
): (RecurringUse['past'][number] | null)[] {
  const uses: (RecurringUse['past'][number] | null)[] = [];
  for (const days of daysAgo) {
    const at = atSeconds - days * DAY_SECONDS;
    if (at < fromSeconds) break;
    if (at + stepSeconds <= toSeconds) uses.push(useAround(peaks, at, stepSeconds));
  }
  return uses;
}

/** Logarithmic likelihood ratio of a class against chance, from its second peak on. */
function evidenceOf(uses: readonly (object | null)[], byChance: number): number {
  const hit = Math.log(FAITHFUL / byChance);
  const miss = Math.log((1 - FAITHFUL) / (1 - byChance));
  let evidence = 0;
  const first = uses.findLastIndex((use) => use !== null);
  for (let k = first - 1; k >= 0; k--) {
    evidence += uses[k] === null ? miss : hit;
    evidence = Math.max(-MOST_ODDS, Math.min(MOST_ODDS, evidence));
  }
  return evidence;
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
  for (let k = peaks.length - 1; k >= 0 && peaks[k]!.fromSeconds >= from; k--) {
    const peak = peaks[k]!;
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
