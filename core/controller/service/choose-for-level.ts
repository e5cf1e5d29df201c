import { behavioursOf, TRIED_QUANTILES } from './behaviours.ts';
import {
  allowance,
  FEW_SHORT_STEPS,
  LEAST_SECONDS,
  type ServiceChoice,
} from './choose-behaviour.ts';
import { recordSteps, trialSteps, type ServiceTrial } from './service-trial.ts';

/**
 * What would have been short for no more of the time than asked for, for the fewest instances; what
 * would have been short least where nothing would, and target tracking before a day was seen. As
 * with `choiceAlone`, the group's own record tightens or loosens what a trial may reach, and where
 * few short steps are allowed the next lower quantile has to have served as well too.
 * @param shortTime share of the time, above 0.
 */
export function choiceForLevel(
  trial: ServiceTrial,
  shortTime: number,
  stepSeconds: number,
): ServiceChoice {
  if (trial.steps * stepSeconds < LEAST_SECONDS) return null;
  const { short, unserved, hours, own } = trial;
  const behaviours = behavioursOf(false);
  const recorded = shortTime * recordSteps(trial, stepSeconds);
  const most =
    Math.min(1, allowance(own.short, recorded, 1)) * shortTime * trialSteps(trial, stepSeconds);
  const isThin = most < FEW_SHORT_STEPS;
  const choices = Array.from({ length: behaviours.length + 1 }, (_, k) => k);
  const isProven = (k: number) =>
    !isThin || k === behaviours.length || k % TRIED_QUANTILES.length === 0 || short[k - 1] <= most;
  const serving = choices.filter((k) => short[k] <= most && isProven(k));
  const best =
    serving.length > 0
      ? serving.reduce((least, k) => (hours[k] < hours[least] ? k : least))
      : choices.reduce((least, k) => (isLess(k, least) ? k : least));
  return behaviours[best] ?? null;

  function isLess(k: number, than: number): boolean {
    const fewer = short[k] - short[than];
    return fewer < 0 || (fewer === 0 && unserved[k] < unserved[than]);
  }
}

/** Whether the group was short for more of the time than asked for. */
export function isAboveLevel(trial: ServiceTrial, shortTime: number, stepSeconds: number): boolean {
  return trial.own.short > shortTime * recordSteps(trial, stepSeconds);
}
