/** Four significant digits: one part in 2,000 at worst, a fifth of a pixel in a chart 400 pixels high. */
const DIGITS = 4;

/** Rounds for drawing; null where the value is not a finite number. */
export function roundSignificant(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
}
