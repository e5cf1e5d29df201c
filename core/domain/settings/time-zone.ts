import * as z from 'zod';

/** Name of a time zone, for example Europe/Berlin. */
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is no time zone of the IANA database' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Time zone of an application, which may be called `constructor`. */
export function timeZoneOf(
  applicationId: string,
  zones: { readonly timeZone: string; readonly timeZones: Readonly<Record<string, string>> },
): string {
  return Object.hasOwn(zones.timeZones, applicationId)
    ? zones.timeZones[applicationId]!
    : zones.timeZone;
}
