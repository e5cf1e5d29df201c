import { behavioursOf, COLUMNS, TRIED_QUANTILES, type Behaviour } from './behaviours.ts';
import type { ServiceRecord, ServiceTrial } from './service-trial.ts';
import type { TrackingRule } from './tracked-group.ts';

/** A day has all hours in it; before it was seen the present policy goes on. */
export const LEAST_SECONDS = 86_400;
/** What a floor may add to the hours of the policy beside it. */
const BESIDE_BUDGET = 1.07;
/** A floor before anything was tried. */
const UNTRIED_QUANTILE = 0.85;

/**
 * So few short steps of target tracking say little: which behaviour equals them is chance. Then one
 * is chosen whose next lower quantile would have served as well too.
 */
export const FEW_SHORT_STEPS = 30;

/** The behaviour that decides; null where target tracking does. */
export type ServiceChoice = Behaviour | null;

/**
 * What serves no worse than target tracking would have of late, for the fewest instances; target
 * tracking where nothing does. How much worse or better a behaviour's trial may be follows the
 * group's own record: a group that was served better than by target tracking may be served less
 * well, and one that was served worse has to be served better, so that it comes out the same.
 * @param rule of the target tracking that it is compared with; see `MOST_ALLOWANCE`.
 */
export function choiceAlone(
  trial: ServiceTrial,
  rule: TrackingRule,
  stepSeconds: number,
): ServiceChoice {
  if (trial.steps * stepSeconds < LEAST_SECONDS) return null;
  const { unserved, short, hours, own, tracked } = trial;
  const behaviours = behavioursOf(false);
  const tracking = behaviours.length;
  const allowed = (of: keyof ServiceRecord) =>
    Math.min(MOST_ALLOWANCE[rule], allowance(own[of], tracked[of], PRIOR[of]));
  const mostUnserved = allowed('unserved') * unserved[tracking];
  const mostShort = allowed('short') * short[tracking];
  const servesAsWell = (k: number) => unserved[k] <= mostUnserved && short[k] <= mostShort;
  const isThin = short[tracking] < FEW_SHORT_STEPS;
  const best = cheapestServing(trial, servesAsWell, isThin);
  return best !== null && hours[best] < hours[tracking] ? behaviours[best] : null;
}

/**
 * The position of the behaviour that serves for the fewest instances; null where none does.
 * @param isThin whether too few short steps are known to choose by: the next lower quantile then has
 * to serve too.
 */
export function cheapestServing(
  { hours }: ServiceTrial,
  serves: (position: number) => boolean,
  isThin: boolean,
): number | null {
  let best: number | null = null;
  for (let k = 0; k < hours.length - 1; k++) {
    const isProven = !isThin || k % TRIED_QUANTILES.length === 0 || serves(k - 1);
    if (serves(k) && isProven && (best === null || hours[k] < hours[best])) best = k;
  }
  return best;
}

/** Whether one has fewer short steps than another, or as many and less unserved. */
export function isLessShort({ short, unserved }: ServiceTrial, one: number, than: number): boolean {
  const fewer = short[one] - short[than];
  return fewer < 0 || (fewer === 0 && unserved[one] < unserved[than]);
}

/** Whether the group was served worse than target tracking would have served it. */
export function isBehind({ own, tracked }: ServiceTrial): boolean {
  return own.unserved > tracked.unserved || own.short > tracked.short;
}

/** So much of both records counts as equal before anything was measured. */
const PRIOR: ServiceRecord = { unserved: 0.3, short: 1 };
const LEAST_ALLOWANCE = 0.5;
/**
 * CloudWatch's alarms belong to an account, where the use behind full CPU is an estimate: a record
 * better than target tracking's is not spent there.
 */
const MOST_ALLOWANCE: Readonly<Record<TrackingRule, number>> = { points: 1.6, alarms: 1 };

/**
 * The multiple of what is allowed that a behaviour's trial may reach: less for a group that was
 * served worse than allowed, more for one that was served better.
 * @param own how the group was served, in the unit of `allowed`.
 */
export function allowance(own: number, allowed: number, prior: number): number {
  const ratio = (own + prior) / (allowed + prior);
  return Math.max(LEAST_ALLOWANCE, 2 - ratio);
}

/** The floor that leaves the fewest short steps within a budget of hours beside a policy. */
export function choiceBeside(trial: ServiceTrial, stepSeconds: number): ServiceChoice {
  if (trial.steps * stepSeconds < LEAST_SECONDS) return UNTRIED;
  const { hours } = trial;
  const floors = behavioursOf(true);
  let best: number | null = null;
  for (let k = 0; k < floors.length; k++) {
    if (hours[k] > BESIDE_BUDGET * hours[floors.length]) continue;
    if (best === null || isLessShort(trial, k, best)) best = k;
  }
  return best === null ? null : floors[best];
}

/** All evidence at a middling quantile. */
const UNTRIED = behavioursOf(true).find(
  ({ column }) => COLUMNS[column].mix === 2 && COLUMNS[column].quantile === UNTRIED_QUANTILE,
)!;
