/** Four significant digits: less than a pixel in a chart of any usual height. */
const DIGITS = 4;

/** Rounds a value for drawing; null if it is not finite. */
export function roundSignificant(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
}
