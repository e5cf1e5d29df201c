import { wantedBy } from './behaviours.ts';
import type { ServiceChoice } from './choose-behaviour.ts';
import type { ServiceTrial } from './service-trial.ts';

/** How a decision counts instances where service decides. */
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
 * A choice as a count.
 * @param isBehind whether the group was served worse than it has to be, and monitoring corrects a
 * forecast that was too low: where it stands alone it then gets at least what tracking wants.
 */
export function servedBy(choice: ServiceChoice, trial: ServiceTrial, isBehind: boolean): ServedBy {
  const { isBeside } = trial;
  const tracking = trial.groups.at(-1)?.desired ?? null;
  if (choice === null) return { quantile: null, isBeside, instances: () => tracking };
  const least = (isBehind && !isBeside ? tracking : null) ?? 0;
  return {
    quantile: choice.quantile,
    isBeside,
    instances: (tried) => Math.max(least, wantedBy(choice, [...trial.asked, tried])),
  };
}
