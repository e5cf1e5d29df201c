import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import { RESOURCE_LABELS } from '#core/text/display-unit.ts';
import type { ExplainedDecision } from '#evaluation/replay/explain-decision.ts';
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatName,
  formatNumber,
  formatShare,
} from './format.ts';

/** One number of a decision, or several related ones. */
export interface ReasonLine {
  readonly term: string;
  readonly text: string;
}

const BASES = {
  default: 'the defaults of its type',
  forecast: 'its own forecast',
  'cluster-forecast': "its cluster's forecast, scaled to its level",
} as const;

const DECIDED_BY = {
  record: 'its own record: the fewest instances that have served no worse than target tracking',
  level: 'its own record: the fewest instances that were short for no longer than asked for',
  costs: 'its own record: what would have cost least',
  tracking: 'target tracking: nothing tried has done better yet',
} as const;

/**
 * Demand in instances in the step before the decision and in the step of the decision; null if not
 * measured.
 */
export interface DemandAround {
  readonly before: number | null;
  readonly then: number | null;
}

/**
 * The numbers that a decision is based on, each with its term.
 * @param demand null where it is not known.
 */
export function reasonLines(
  { before, serving, after, reason }: ExplainedDecision,
  demand: DemandAround | null,
): readonly ReasonLine[] {
  const { instances: instanceCounts, limits } = reason;
  const instances = (count: number) => formatCount(count, 'instance');
  const measured = (need: number | null) =>
    need === null ? 'not measured' : `${formatNumber(need)} instances`;
  const percentOfForecasts = `${formatNumber(reason.quantile * 100)} of 100 values stay below`;
  return [
    { term: 'Capacity before', text: instances(before) },
    { term: 'Capacity requested', text: `${instances(after)}, ${instances(serving)} in service` },
    ...(demand === null
      ? []
      : [
          { term: 'Demand in the step before', text: measured(demand.before) },
          {
            term: 'Demand in this step',
            text: `${measured(demand.then)} (unknown at the decision)`,
          },
        ]),
    { term: 'Basis', text: basis(reason) },
    {
      term: 'Forecast need',
      text: `${needs(reason)}${reason.source === 'default' ? '' : ` (quantile ${formatNumber(reason.quantile)}: ${percentOfForecasts})`}`,
    },
    {
      term: 'Safety margin',
      text: amounts(reason.safetyMargin) ?? 'none: the forecast is reliable',
    },
    ...(instanceCounts?.decidedBy
      ? [{ term: 'Decided by', text: DECIDED_BY[instanceCounts.decidedBy] }]
      : []),
    ...(instanceCounts && instanceCounts.lastShare !== null && !instanceCounts.decidedBy
      ? [
          { term: 'Instances worth their cost', text: countText(instanceCounts) },
          { term: 'Expected use of the last instance', text: useText(instanceCounts) },
        ]
      : []),
    { term: 'Reactive evidence', text: reactive(reason) },
    { term: 'Available', text: amounts(reason.available) ?? 'no limit known' },
    ...(reason.warmUpSeconds === undefined
      ? []
      : [{ term: 'Instance warm-up', text: formatDuration(reason.warmUpSeconds) }]),
    { term: 'Limits', text: `${limits.minInstances} to ${instances(limits.maxInstances)}` },
    { term: 'One instance holds', text: amounts(reason.instanceCapacity) ?? 'unknown' },
  ];
}

type Reason = ExplainedDecision['reason'];
type InstanceCounts = NonNullable<Reason['instances']>;

function basis({ source, model, profileVersion }: Reason): string {
  const models = [...new Set(RESOURCES.flatMap((resource) => model[resource] ?? []))];
  const profile = profileVersion === null ? [] : [`profile version ${profileVersion}`];
  return [BASES[source], ...models.map(formatName), ...profile].join('; ');
}

/** The need of every resource, and the number of instances for it. */
function needs({ forecast, instanceCapacity }: Reason): string {
  const text = resourceList((resource) => {
    const need = forecast[resource];
    if (need === null) return null;
    const each = instanceCapacity[resource];
    const count = each === null || each <= 0 ? '' : ` = ${formatNumber(need / each)} instances`;
    return `${formatAmount(resource, need)}${count}`;
  });
  return text ?? 'none';
}

function countText({ asked, kept, current, leastShare }: InstanceCounts): string {
  return (
    `${formatCount(asked, 'instance')} to request, ${kept} to keep of ${current}; ` +
    `an instance is worth its cost if at least ${formatShare(leastShare)} of it is expected to be used`
  );
}

function useText({ lastShare, nextShare }: InstanceCounts): string {
  const next =
    nextShare === null ? 'no further one is allowed' : `${formatShare(nextShare)} of one more`;
  return lastShare === null ? next : `${formatShare(lastShare)}; ${next}`;
}

function reactive({ correction, instances: instanceCounts, limits }: Reason): string {
  const parts: string[] = [];
  const floor = instanceCounts?.floor ?? 0;
  const additions = amounts(correction);
  if (floor > limits.minInstances) {
    parts.push(`at least ${formatCount(floor, 'instance')} because of the measured use`);
  }
  if (additions !== null) parts.push(`added to the need: ${additions}`);
  return parts.join('; ') || 'none: use stayed within the allocation';
}

/** Amounts above zero; null if there are none. */
function amounts(footprint: Footprint): string | null {
  return resourceList((resource) => {
    const amount = footprint[resource];
    return amount === null || amount <= 0 ? null : formatAmount(resource, amount);
  });
}

function resourceList(show: (resource: Resource) => string | null): string | null {
  const parts = RESOURCES.flatMap((resource) => {
    const text = show(resource);
    return text === null ? [] : [`${RESOURCE_LABELS[resource]} ${text}`];
  });
  return parts.length === 0 ? null : parts.join(', ');
}
