const YEAR_0_SECONDS = Date.parse('0000-01-01T00:00:00Z') / 1000;
const YEAR_10000_SECONDS = Date.parse('9999-12-31T23:59:59Z') / 1000 + 1;

/** True for instants of the years 0 to 9999, which ISO 8601 writes with four digits. */
export function isInCalendar(unixSeconds: number): boolean {
  return unixSeconds >= YEAR_0_SECONDS && unixSeconds < YEAR_10000_SECONDS;
}
