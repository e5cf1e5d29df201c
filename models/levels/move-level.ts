import type { LevelShift } from './shift-size.ts';

/** A smaller swing is that of a level that no longer moves. */
const STILL = 1e-3;

/** What lies before a shift as it would have been at the new level; never negative. */
export function atNewLevel(values: Float64Array, shifts: readonly LevelShift[]): Float64Array {
  const moved = values.slice();
  for (const { start, before, after, swing } of shifts) {
    for (let k = 0; k < start; k++) moved[k] = Math.max(0, (moved[k] - before) * swing + after);
  }
  return moved;
}

/** What lies after shifts as it would have been at the level before the first of them. */
export function atOldLevel(values: Float64Array, shifts: readonly LevelShift[]): Float64Array {
  const moved = values.slice();
  for (const { start, before, after, swing } of shifts.toReversed()) {
    for (let k = start; k < moved.length; k++) {
      moved[k] = swing < STILL ? before : Math.max(0, (moved[k] - after) / swing + before);
    }
  }
  return moved;
}

/** Forecasts from the old level as they are at the new one. */
export function raised(forecast: number, shifts: readonly LevelShift[]): number {
  return shifts.reduce(
    (value, { before, after, swing }) => Math.max(0, (value - before) * swing + after),
    forecast,
  );
}
