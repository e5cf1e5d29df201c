import type { RememberedUse } from './recalled-use.ts';
import { SITUATION_SIZE } from './situation.ts';

/** Past situations that are compared with the present one, and the age at which one counts half. */
const DAYS = 14;
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
  const now = steps * SITUATION_SIZE;
  const from = Math.max(1, steps - DAYS * stepsPerDay);
  const until = steps - leadSteps;
  if (until <= from) return null;
  const weights = new Float64Array(until - from + 1);
  const starts = new Int32Array(weights.length);
  const [last, usual, peak] = [situations[now]!, situations[now + 1]!, situations[now + 2]!];
  const ageing = Math.LN2 / (HALF_LIFE_DAYS * stepsPerDay);
  let [found, total] = [0, 0];
  for (let start = from; start <= until; start++) {
    const row = start * SITUATION_SIZE;
    const distance =
      squared((situations[row]! - last) / BANDWIDTHS[0]) +
      squared((situations[row + 1]! - usual) / BANDWIDTHS[1]) +
      squared((situations[row + 2]! - peak) / BANDWIDTHS[2]);
    if (distance >= REACH) continue;
    const weight = (1 - distance / REACH) ** 4 * Math.exp(-ageing * (steps - start));
    weights[found] = weight;
    starts[found++] = start;
    total += weight;
  }
  if (!(total > 0)) return null;
  return {
    weights: weights.subarray(0, found),
    total,
    valuesAhead: Array.from({ length: leadSteps }, (_, ahead) =>
      Float64Array.from({ length: found }, (_value, k) => values[starts[k]! + ahead]!),
    ),
  };
}

const squared = (x: number): number => x * x;
