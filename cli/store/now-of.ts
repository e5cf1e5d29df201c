import type { ApplicationHistory } from '#core/domain/ports.ts';

export interface Now {
  readonly seconds: number;
  /** Message to the user if the instant is not the current time. */
  readonly remark: string | null;
}

/** A history that ended longer ago was imported, not recorded, so its end is used as "now". */
const RECENT_SECONDS = 86_400;

/**
 * The instant at which a command decides: the user's option; otherwise the end of the application's
 * history if that is more than a day ago; otherwise the current time.
 */
export function nowOf(
  atOption: number | 'last' | undefined,
  history: ApplicationHistory | null,
  wallClockSeconds: number,
): Now {
  if (typeof atOption === 'number') return { seconds: atOption, remark: null };
  if (history === null) return { seconds: wallClockSeconds, remark: null };
  const end = history.lastSeconds + history.stepSeconds;
  if (atOption !== 'last' && wallClockSeconds - end <= RECENT_SECONDS) {
    return { seconds: wallClockSeconds, remark: null };
  }
  const at = new Date(end * 1000).toISOString();
  return { seconds: end, remark: `taken as now: ${at}, the end of its history` };
}
