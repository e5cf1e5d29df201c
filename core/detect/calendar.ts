import type { CalendarEntry } from '#core/settings.ts';

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
  const kinds = new Set(
    calendar
      .filter((entry) => entry.applicationId === null || entry.applicationId === applicationId)
      .filter(({ fromSeconds, toSeconds }) => fromSeconds <= atSeconds && atSeconds < toSeconds)
      .map(({ kind }) => kind),
  );
  return {
    isMuted: kinds.has('mute') || kinds.has('maintenance'),
    isUnusual: kinds.has('maintenance') || kinds.has('holiday'),
    isHoliday: kinds.has('holiday'),
    isDeploying: kinds.has('deploy'),
  };
}
