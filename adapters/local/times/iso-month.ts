const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A month as ISO 8601 writes it: 2026-01. */
export function isIsoMonth(text: string): boolean {
  return MONTH.test(text);
}

/** Unix seconds of the start of a month like 2026-01, UTC; NaN if the text is none. */
export function isoMonthSeconds(text: string): number {
  return isIsoMonth(text) ? Date.parse(`${text}-01T00:00:00Z`) / 1000 : NaN;
}

/** The month that starts then; a time in ISO 8601 where none does. */
export function writeIsoMonth(unixSeconds: number): string {
  const text = new Date(unixSeconds * 1000).toISOString();
  const month = text.slice(0, 7);
  return isoMonthSeconds(month) === unixSeconds ? month : text;
}
