/**
 * A copy of the values in which every gap (NaN) is filled, so that a model can read them:
 * - up to `shortSteps` steps between two measurements: a straight line between them;
 * - a longer gap: the values one season earlier, shifted by the difference between the levels
 *   before the gap and one season earlier. Values do not become negative by the shift. Without a
 *   season before the gap: the last value;
 * - a gap at the end: like a longer gap, so that nothing after the end is needed;
 * - a gap at the start: the first measured value. Without any measurement: zeros.
 * @param seasonSteps length of the season in steps, for example a day; 0 for none.
 * @param shortSteps longest gap that is filled by a line; an hour for a season of one day.
 */
export function fillGaps(
  values: Float64Array,
  seasonSteps: number,
  shortSteps = Math.max(1, Math.floor(seasonSteps / 24)),
): Float64Array {
  const filled = values.slice();
  const first = filled.findIndex((value) => !Number.isNaN(value));
  if (first === -1) return filled.fill(0);
  filled.fill(filled[first], 0, first);
  for (let at = first; at < filled.length; at++) {
    if (!Number.isNaN(filled[at])) continue;
    const end = gapEnd(filled, at);
    if (end < filled.length && end - at <= shortSteps) drawLine(filled, at, end);
    else copySeason(filled, { start: at, end, seasonSteps });
    at = end;
  }
  return filled;
}

const DAY_SECONDS = 86_400;

/** `fillGaps` with a season of one day: the filling that every forecast's history uses. */
export function fillByDay(values: Float64Array, stepSeconds: number): Float64Array {
  return fillGaps(values, Math.round(DAY_SECONDS / stepSeconds));
}

function gapEnd(values: Float64Array, start: number): number {
  let end = start;
  while (end < values.length && Number.isNaN(values[end])) end++;
  return end;
}

function drawLine(values: Float64Array, start: number, end: number): void {
  const from = values[start - 1];
  const slope = (values[end] - from) / (end - start + 1);
  for (let k = start; k < end; k++) values[k] = from + slope * (k - start + 1);
}

interface Gap {
  readonly start: number;
  readonly end: number;
  readonly seasonSteps: number;
}

/**
 * Share of the season before the gap in which both levels are compared: a twelfth, for a day two
 * hours.
 */
const LEVEL_SHARE = 12;

function copySeason(values: Float64Array, { start, end, seasonSteps }: Gap): void {
  if (seasonSteps < 1 || start < seasonSteps) {
    values.fill(values[start - 1], start, end);
    return;
  }
  const steps = Math.max(1, Math.min(Math.floor(seasonSteps / LEVEL_SHARE), start - seasonSteps));
  const before = start - seasonSteps;
  const shift =
    before < steps ? 0 : mean(values, start - steps, start) - mean(values, before - steps, before);
  for (let k = start; k < end; k++) {
    const earlier = values[k - seasonSteps];
    values[k] = earlier < 0 ? earlier + shift : Math.max(0, earlier + shift);
  }
}

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += values[k];
  return sum / (to - from);
}
