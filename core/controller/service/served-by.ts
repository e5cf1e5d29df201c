import { wantedBy } from './behaviours.ts';
import { isBehind, type ServiceChoice } from './choose-behaviour.ts';
import type { ServiceTrial } from './service-trial.ts';

/** How a decision counts instances where service is held to target tracking's. */
export interface ServedBy {
  /** Null where target tracking itself decides. */
  readonly quantile: number | null;
  readonly isBeside: boolean;
  /**
   * Null where nothing was measured yet.
   * @param tried what every column asks for now, see `askedByEach`.
   */
  readonly instances: (tried: readonly number[]) => number | null;
}

/**
 * A choice as a count. While monitoring corrects a forecast that was too low, an application that
 * stands alone and was served worse than by target tracking gets at least what that wants.
 */
export function servedBy(
  choice: ServiceChoice,
  trial: ServiceTrial,
  isCorrected: boolean,
): ServedBy {
  const { isBeside } = trial;
  const tracking = trial.groups.at(-1)?.desired ?? null;
  if (choice === null) return { quantile: null, isBeside, instances: () => tracking };
  const least = (isCorrected && !isBeside && isBehind(trial) ? tracking : null) ?? 0;
  return {
    quantile: choice.quantile,
    isBeside,
    instances: (tried) => Math.max(least, wantedBy(choice, [...trial.asked, tried])),
  };
}
