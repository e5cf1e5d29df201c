import type { AllocationReason } from '#core/domain/allocation.ts';
import { perResource, RESOURCES, type Resource } from '#core/domain/footprint.ts';
import { summarize } from '#core/text/summarize-reason.ts';
import {
  ALLOCATION_SOURCES,
  DECIDERS,
  type AmountName,
  type CountName,
  type DecisionLog,
} from './decision-log.ts';

/** A decision of the past in full. */
export interface ExplainedDecision {
  /**
   * Instances in service or starting before it, in service once it was applied, and wanted by it.
   */
  readonly before: number;
  readonly serving: number;
  readonly after: number;
  readonly reason: AllocationReason;
}

/**
 * Why the allocation of a step is what it is, in the words and numbers of the decision itself; null
 * where none was made. A resource with a margin counts as unreliable: the log does not keep margins
 * of nothing.
 */
export function explainDecision(log: DecisionLog, step: number): ExplainedDecision | null {
  const { common } = log;
  const count = (name: CountName) => known(log.counts[name][step]);
  const [before, serving, after] = [count('before'), count('serving'), count('after')];
  const source = ALLOCATION_SOURCES[count('source') ?? -1];
  if (!common || source === undefined || before === null || serving === null || after === null) {
    return null;
  }
  const amount = (resource: Resource, name: AmountName) =>
    known(log.amounts[resource]?.[name][step]);
  const amounts = (name: AmountName) => perResource((resource) => amount(resource, name));
  // Four bytes keep seven digits, and quantiles have fewer.
  const quantile = Number((count('quantile') ?? 0).toFixed(6));
  const decidedBy = DECIDERS[count('decidedBy') ?? 0];
  const reason = {
    ...common,
    quantile,
    source,
    forecast: amounts('forecast'),
    safetyMargin: amounts('safetyMargin'),
    unreliable: RESOURCES.filter((resource) => (amount(resource, 'safetyMargin') ?? 0) > 0),
    correction: amounts('correction'),
    model: Object.fromEntries(
      RESOURCES.flatMap((resource) => {
        const model = log.models[amount(resource, 'model') ?? -1];
        return model === undefined ? [] : [[resource, model]];
      }),
    ),
    profileVersion: count('profileVersion'),
    instances: {
      current: before,
      asked: count('asked') ?? after,
      kept: count('kept') ?? after,
      floor: count('floor') ?? 0,
      ...(decidedBy && { decidedBy }),
      leastShare: 1 - quantile,
      lastShare: count('lastShare'),
      nextShare: count('nextShare'),
    },
  };
  return { before, serving, after, reason: { ...reason, summary: summarize(reason, after) } };
}

function known(value: number | null | undefined): number | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : value;
}
