import type { Resource } from '#core/domain/footprint.ts';
import type { ServiceRule } from '#evaluation/simulation/service-rule.ts';

/**
 * Which policies a replay runs and where it looks along their frontiers; plain data, so that it can
 * cross to a worker.
 */
export interface PolicyPlan {
  /** Quantiles of Foreprint's frontier. */
  readonly quantiles: readonly number[];
  /** Baselines by name, in the order in which they are shown, and the settings of their knobs. */
  readonly baselines: readonly { readonly name: string; readonly knobs: readonly number[] }[];
  /**
   * What one instance holds, per resource; absent: a twelfth of the peak of the first week, see
   * `sizeInstance`.
   */
  readonly instance?: Readonly<Partial<Record<Resource, number>>>;
  /** When an application counts as served; absent: `WHOLE_SERVICE`. */
  readonly service?: ServiceRule;
}

/**
 * Why an instance cannot be replayed, as the end of a sentence; null if it can be. No number of
 * instances would be too small for resources that they hold without limit.
 * @param resources that are replayed.
 */
export function instanceProblem(
  instance: PolicyPlan['instance'],
  resources: readonly Resource[],
): string | null {
  if (instance === undefined || resources.some((name) => instance[name] !== undefined)) return null;
  return `sizes no ${resources.join(' or ')}, which is replayed`;
}
