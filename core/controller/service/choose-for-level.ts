import { behavioursOf } from './behaviours.ts';
import {
  allowance,
  cheapestServing,
  FEW_SHORT_STEPS,
  isLessShort,
  LEAST_SECONDS,
  type ServiceChoice,
} from './choose-behaviour.ts';
import { recordSteps, trialSteps, type ServiceTrial } from './service-trial.ts';

/** So many short steps count as allowed and as had before anything was measured. */
const PRIOR_SHORT_STEPS = 1;

/**
 * What would have been short for no more of the time than asked for, for the fewest instances; what
 * would have been short least where nothing would, and target tracking before a day was seen. A
 * group that was short for longer is allowed less, and where few short steps are allowed the next
 * lower quantile has to have served as well too.
 * @param shortTime share of the time, above 0.
 */
export function choiceForLevel(
  trial: ServiceTrial,
  shortTime: number,
  stepSeconds: number,
): ServiceChoice {
  if (trial.steps * stepSeconds < LEAST_SECONDS) return null;
  const { short, hours, own } = trial;
  const behaviours = behavioursOf(false);
  const tracking = behaviours.length;
  const recorded = shortTime * recordSteps(trial, stepSeconds);
  const part = Math.min(1, allowance(own.short, recorded, PRIOR_SHORT_STEPS));
  const most = part * shortTime * trialSteps(trial, stepSeconds);
  const serves = (k: number) => short[k] <= most;
  const best = cheapestServing(trial, serves, most < FEW_SHORT_STEPS);
  if (best === null) return serves(tracking) ? null : leastShort(trial);
  return serves(tracking) && hours[tracking] < hours[best] ? null : behaviours[best];
}

/** What was short least, target tracking among it. */
function leastShort(trial: ServiceTrial): ServiceChoice {
  let least = 0;
  for (let k = 1; k < trial.short.length; k++) if (isLessShort(trial, k, least)) least = k;
  return behavioursOf(false)[least] ?? null;
}

/** Whether the group was short for more of the time than asked for. */
export function isAboveLevel(trial: ServiceTrial, shortTime: number, stepSeconds: number): boolean {
  return trial.own.short > shortTime * recordSteps(trial, stepSeconds);
}
