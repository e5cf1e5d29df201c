import { TOGETHER } from './sorted-use.ts';
import { describeSituation, type UsageSeries } from './situation.ts';

/** Past situations that are compared with the present one, and the age at which one counts half. */
const ANALOGUE_DAYS = 14;
const HALF_LIFE_DAYS = 14;
/**
 * How many octaves apart two situations may be to count as alike: in the last use, in what is usual at this time of
 * day, in the peak of the last hour. Chosen on half of the Bitbrains machines of August 2013.
 */
const [LAST, USUAL, PEAK] = [0.4, 0.6, 0.8];
const PER_SQUARE = [1 / (LAST * LAST), 1 / (USUAL * USUAL), 1 / (PEAK * PEAK)] as const;
/** Squared distance, in bandwidths, at which a situation counts nothing. */
const REACH = 8;

/** How much past situations count, by the age of the step that followed each; 0 where one is not alike. */
export interface Analogues {
  readonly weights: number[];
  /** Ages there are; the next weights are 0, see `SortedSamples`. */
  count: number;
  /** Sum of the weights. */
  total: number;
}

/** Room for all situations that are compared. */
export function emptyAnalogues({
  stepsPerDay,
  warmUpHorizon,
}: Pick<UsageSeries, 'stepsPerDay' | 'warmUpHorizon'>): Analogues {
  const most = ANALOGUE_DAYS * stepsPerDay + warmUpHorizon + TOGETHER + 1;
  return { weights: new Array<number>(most).fill(0), count: 0, total: 0 };
}

/**
 * Finds the situations of the last two weeks like the one at the start of step `now`, weighted by likeness and age (kernel
 * regression: Nadaraya, Theory of Probability and its Applications 9, 1964; as a conditional distribution: Hall, Wolff,
 * Yao, JASA 94, 1999). Only those that were followed by a whole lead time; none, with a total of 0, where none was alike.
 * @param found is written anew.
 */
export function findAnalogues(
  series: UsageSeries,
  { now, warmUpHorizon }: { readonly now: number; readonly warmUpHorizon: number },
  found: Analogues,
): void {
  const { levels, usual, recentPeak, stepsPerDay } = series;
  const { weights } = found;
  const from = Math.max(1, now - ANALOGUE_DAYS * stepsPerDay);
  const until = now - warmUpHorizon;
  found.count = found.total = 0;
  if (until <= from) return;
  weights.fill(0, 0, warmUpHorizon);
  weights.fill(0, now - from + 1, now - from + 1 + warmUpHorizon + TOGETHER);
  describeSituation(series, now);
  const lastNow = levels[now - 1]!;
  const usualNow = usual[now]!;
  const peakNow = recentPeak[now]!;
  const perLast = PER_SQUARE[0];
  const perUsual = PER_SQUARE[1];
  const perPeak = PER_SQUARE[2];
  const ageing = 0.5 ** (1 / (HALF_LIFE_DAYS * stepsPerDay));
  let total = 0;
  let ageWeight = ageing ** warmUpHorizon;
  // A replay does this a million times: no closure, no power, and most situations are told apart by the last use alone.
  for (let start = until; start >= from; start--, ageWeight *= ageing) {
    weights[now - start] = 0;
    const a = levels[start - 1]! - lastNow;
    let distance = a * a * perLast;
    if (distance >= REACH) continue;
    describeSituation(series, start);
    const b = usual[start]! - usualNow;
    const c = recentPeak[start]! - peakNow;
    distance += b * b * perUsual + c * c * perPeak;
    if (distance >= REACH) continue;
    const likeness = 1 - distance / REACH;
    const weight = likeness * likeness * likeness * likeness * ageWeight;
    weights[now - start] = weight;
    total += weight;
  }
  found.count = now - from + 1;
  found.total = total;
}
