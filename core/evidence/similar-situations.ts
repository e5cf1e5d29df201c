import { describeKept, describeSituation, numbers, type UsageSeries } from './situation.ts';
import { TOGETHER } from './sorted-use.ts';

/**
 * Days of past situations that are compared with the present one, and the age at which a situation
 * has half the weight.
 */
const COMPARED_DAYS = 14;
const HALF_LIFE_DAYS = 14;
/**
 * Bandwidths, in octaves, of the three numbers that describe a situation: the last use, the usual
 * use at this time of day, and the peak of the last hour. docs/research/engine.md says on which
 * data they were chosen.
 */
const [LAST, USUAL, PEAK] = [0.4, 0.6, 0.8];
const PER_SQUARE = [1 / (LAST * LAST), 1 / (USUAL * USUAL), 1 / (PEAK * PEAK)] as const;
/** Squared distance, in bandwidths, from which a situation has no weight. */
const REACH = 8;

/**
 * Weights of past situations, indexed by the age of the step that followed each; 0 for a situation
 * that is not similar.
 */
export interface SimilarSituations {
  readonly weights: number[];
  /** Number of ages. The entries of `weights` after it are 0, see `SortedSamples`. */
  count: number;
  /** Sum of the weights. */
  total: number;
}

/** Creates the arrays for all situations that are compared. */
export function emptySituations({
  stepsPerDay,
  warmUpHorizon,
}: Pick<UsageSeries, 'stepsPerDay' | 'warmUpHorizon'>): SimilarSituations {
  const most = COMPARED_DAYS * stepsPerDay + warmUpHorizon + TOGETHER + 1;
  // Filled twice, so that the array holds doubles from the start and is not made anew for the first.
  return { weights: numbers(most).fill(0), count: 0, total: 0 };
}

/**
 * Finds the situations of the last two weeks that are similar to the one at the start of step
 * `now`. Each is weighted by similarity and age (kernel regression: Nadaraya, Theory of Probability
 * and its Applications 9, 1964; as a conditional distribution: Hall, Wolff, Yao, JASA 94, 1999).
 * Only situations that were followed by a whole warm-up horizon count. `total` is 0 if no situation
 * is similar.
 * @param result receives the weights.
 */
export function findSimilarSituations(
  series: UsageSeries,
  { now, warmUpHorizon }: { readonly now: number; readonly warmUpHorizon: number },
  result: SimilarSituations,
): void {
  const { levels, usual, recentPeak, areKept, stepsPerDay } = series;
  const { weights } = result;
  const from = Math.max(1, now - COMPARED_DAYS * stepsPerDay);
  const until = now - warmUpHorizon;
  result.count = result.total = 0;
  if (until <= from) return;
  weights.fill(0, 0, warmUpHorizon);
  weights.fill(0, now - from + 1, now - from + 1 + warmUpHorizon + TOGETHER);
  if (areKept) describeKept(series, from, until);
  const place = describeSituation(series, now);
  const lastNow = levels[now - 1];
  const usualNow = usual[place];
  const peakNow = recentPeak[place];
  const perLast = PER_SQUARE[0];
  const perUsual = PER_SQUARE[1];
  const perPeak = PER_SQUARE[2];
  const ageing = 0.5 ** (1 / (HALF_LIFE_DAYS * stepsPerDay));
  let total = 0;
  let ageWeight = ageing ** warmUpHorizon;
  // A replay runs this loop very often, so it has no closure and no power, and describes nothing. The
  // last use alone excludes many situations.
  for (let start = until; start >= from; start--, ageWeight *= ageing) {
    weights[now - start] = 0;
    const a = levels[start - 1] - lastNow;
    let distance = a * a * perLast;
    if (distance >= REACH) continue;
    const then = areKept ? start : describeSituation(series, start);
    const b = usual[then] - usualNow;
    const c = recentPeak[then] - peakNow;
    distance += b * b * perUsual + c * c * perPeak;
    if (distance >= REACH) continue;
    const likeness = 1 - distance / REACH;
    const weight = likeness * likeness * likeness * likeness * ageWeight;
    weights[now - start] = weight;
    total += weight;
  }
  result.count = now - from + 1;
  result.total = total;
}
