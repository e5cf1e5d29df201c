import type { CalendarEntry } from '#core/domain/settings/settings.ts';

/** Entries of the calendar that apply to one application at one instant. */
export interface CalendarState {
  /** True if nothing is reported. */
  readonly isMuted: boolean;
  /** True if nothing is learned, because usage is not representative. */
  readonly isUnusual: boolean;
  /** True if less usage than expected is not reported. */
  readonly isHoliday: boolean;
  readonly isDeploying: boolean;
}

/**
 * Time after a maintenance in which nothing is reported: the detector has not followed the
 * application and must settle first.
 */
const SETTLING_SECONDS = 2 * 3600;

const ORDINARY: CalendarState = {
  isMuted: false,
  isUnusual: false,
  isHoliday: false,
  isDeploying: false,
};

export function calendarAt(
  calendar: readonly CalendarEntry[],
  { applicationId, atSeconds }: { readonly applicationId: string; readonly atSeconds: number },
): CalendarState {
  if (calendar.length === 0) return ORDINARY;
  const own = calendar.filter(
    (entry) => entry.applicationId === null || entry.applicationId === applicationId,
  );
  const kindsAt = (instant: number): ReadonlySet<CalendarEntry['kind']> =>
    new Set(
      own
        .filter(({ fromSeconds, toSeconds }) => fromSeconds <= instant && instant < toSeconds)
        .map(({ kind }) => kind),
    );
  const kinds = kindsAt(atSeconds);
  const isSettling = kindsAt(atSeconds - SETTLING_SECONDS).has('maintenance');
  return {
    isMuted: kinds.has('mute') || kinds.has('maintenance') || isSettling,
    isUnusual: kinds.has('maintenance') || kinds.has('holiday'),
    isHoliday: kinds.has('holiday'),
    isDeploying: kinds.has('deploy'),
  };
}
