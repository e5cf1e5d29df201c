import type { RecordDecider } from '#core/domain/allocation.ts';
import { wantedBy } from './behaviours.ts';
import type { ServiceChoice } from './choose-behaviour.ts';
import type { ServiceTrial } from './service-trial.ts';

/** How a decision counts instances where the application's own record decides. */
export interface ServedBy {
  /** Null where target tracking itself decides. */
  readonly quantile: number | null;
  readonly decidedBy: RecordDecider;
  readonly isBeside: boolean;
  /**
   * Null where nothing was measured yet.
   * @param tried what every column asks for now, see `askedByEach`.
   */
  readonly instances: (tried: readonly number[]) => number | null;
}

/** How a choice was made. */
export interface ChosenBy {
  readonly decidedBy: Exclude<RecordDecider, 'tracking'>;
  /**
   * Whether the group was served worse than it has to be, and monitoring corrects a forecast that
   * was too low: where it stands alone it then gets at least what tracking wants.
   */
  readonly isBehind: boolean;
}

/** A choice as a count. */
export function servedBy(
  choice: ServiceChoice,
  trial: ServiceTrial,
  { decidedBy, isBehind }: ChosenBy,
): ServedBy {
  const { isBeside } = trial;
  const tracking = trial.groups.at(-1)?.desired ?? null;
  if (choice === null) {
    return { quantile: null, decidedBy: 'tracking', isBeside, instances: () => tracking };
  }
  const least = (isBehind && !isBeside ? tracking : null) ?? 0;
  return {
    quantile: choice.quantile,
    decidedBy,
    isBeside,
    instances: (tried) => Math.max(least, wantedBy(choice, [...trial.asked, tried])),
  };
}
