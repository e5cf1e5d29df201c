import type { CalendarEntry } from '#core/domain/settings/settings.ts';

/** What the calendar says of one application at one instant. */
export interface CalendarState {
  /** Nothing is reported. */
  readonly isMuted: boolean;
  /** Nothing is learnt: what happens is no example of what is usual. */
  readonly isUnusual: boolean;
  /** Less than usual is no news. */
  readonly isHoliday: boolean;
  readonly isDeploying: boolean;
}

/** After a maintenance an application returns to where nobody has followed it: that is no news. */
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
