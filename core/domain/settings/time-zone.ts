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
