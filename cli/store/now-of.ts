import type { ApplicationHistory } from '#core/domain/ports.ts';

export interface Now {
  readonly seconds: number;
  /** Said to the user where it is not the wall clock. */
  readonly remark: string | null;
}

/** A history that ended longer ago than this was imported, not recorded: its end is the natural "now". */
const RECENT_SECONDS = 86_400;

/**
 * The instant a command decides at: what the user said; else the end of the application's history if that lies more than
 * a day in the past; else the wall clock.
 */
export function nowOf(
  told: number | 'last' | undefined,
  history: ApplicationHistory | null,
  wallClockSeconds: number,
): Now {
  if (typeof told === 'number') return { seconds: told, remark: null };
  if (history === null) return { seconds: wallClockSeconds, remark: null };
  const end = history.lastSeconds + history.stepSeconds;
  if (told !== 'last' && wallClockSeconds - end <= RECENT_SECONDS) {
    return { seconds: wallClockSeconds, remark: null };
  }
  const at = new Date(end * 1000).toISOString();
  return { seconds: end, remark: `taken as now: ${at}, the end of its history` };
}
