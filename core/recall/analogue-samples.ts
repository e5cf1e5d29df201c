import type { RememberedUse } from './recalled-use.ts';

/** Past situations that are compared with the present one, and the age at which one counts half. */
export const ANALOGUE_DAYS = 14;
const HALF_LIFE_DAYS = 14;
/**
 * How many octaves apart two situations may be to count as alike: in the last use, in what is usual at this time of
 * day, in the peak of the last hour. Chosen on half of the Bitbrains machines of August 2013.
 */
const BANDWIDTHS = [0.4, 0.6, 0.8] as const;
/** Squared distance, in bandwidths, at which a situation counts nothing. */
const REACH = 8;

export interface AnalogueSamples {
  readonly weights: Float64Array;
  readonly total: number;
  /** Per step ahead the use that followed each similar situation. */
  readonly valuesAhead: readonly Float64Array[];
}

/**
 * Situations of the last two weeks like the present one and what followed them, weighted by likeness and age (kernel
 * regression: Nadaraya, Theory of Probability and its Applications 9, 1964; as a conditional distribution: Hall, Wolff,
 * Yao, JASA 94, 1999). Null where no situation was alike.
 */
export function analogueSamples(
  { values, situations, steps, stepsPerDay }: RememberedUse,
  leadSteps: number,
): AnalogueSamples | null {
  const from = Math.max(1, steps - ANALOGUE_DAYS * stepsPerDay);
  const until = steps - leadSteps;
  if (until <= from) return null;
  const { last, usual, peak } = situations;
  const lastNow = last[steps]!;
  const usualNow = usual[steps]!;
  const peakNow = peak[steps]!;
  const [perLast, perUsual, perPeak] = BANDWIDTHS.map((width) => 1 / (width * width));
  const ageing = 0.5 ** (1 / (HALF_LIFE_DAYS * stepsPerDay));
  const weights = new Float64Array(until - from + 1);
  const starts = new Int32Array(weights.length);
  let found = 0;
  let total = 0;
  let age = ageing ** (steps - until);
  // A replay does this a million times: no closure, no power, and most situations are told apart by the last use alone.
  for (let start = until; start >= from; start--, age *= ageing) {
    const a = last[start]! - lastNow;
    let distance = a * a * perLast!;
    if (distance >= REACH) continue;
    const b = usual[start]! - usualNow;
    const c = peak[start]! - peakNow;
    distance += b * b * perUsual! + c * c * perPeak!;
    if (distance >= REACH) continue;
    const likeness = 1 - distance / REACH;
    const weight = likeness * likeness * likeness * likeness * age;
    weights[found] = weight;
    starts[found++] = start;
    total += weight;
  }
  if (!(total > 0)) return null;
  const valuesAhead: Float64Array[] = [];
  for (let ahead = 0; ahead < leadSteps; ahead++) {
    const followed = new Float64Array(found);
    for (let k = 0; k < found; k++) followed[k] = values[starts[k]! + ahead]!;
    valuesAhead.push(followed);
  }
  return { weights: weights.subarray(0, found), total, valuesAhead };
}
