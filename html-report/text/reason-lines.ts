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

/** One number, or a few that belong together, of a decision. */
export interface ReasonLine {
  readonly term: string;
  readonly text: string;
}

const BASES = {
  default: 'the defaults of its type',
  forecast: 'its own forecast',
  'cluster-forecast': "its cluster's forecast, scaled to its level",
} as const;

/** Demand in instances in the step before the decision and in the step that begins with it; null where not measured. */
export interface DemandAround {
  readonly before: number | null;
  readonly then: number | null;
}

/** The numbers that a decision was made of, each with the word for it. */
export function reasonLines(
  { before, serving, after, reason }: ExplainedDecision,
  demand: DemandAround,
): readonly ReasonLine[] {
  const { instances: counted, limits } = reason;
  const instances = (count: number) => formatCount(count, 'instance');
  const measured = (need: number | null) =>
    need === null ? 'not measured' : `${formatNumber(need)} instances`;
  const percentOfForecasts = `${formatNumber(reason.quantile * 100)} of 100 stay below`;
  return [
    { term: 'Capacity before', text: instances(before) },
    { term: 'Capacity wanted', text: `${instances(after)}, ${instances(serving)} in service` },
    { term: 'Demand in the step before', text: measured(demand.before) },
    { term: 'Demand in this step', text: `${measured(demand.then)} (not known then)` },
    { term: 'Basis', text: basis(reason) },
    {
      term: 'Forecast need',
      text: `${needs(reason)}${reason.source === 'default' ? '' : ` (quantile ${formatNumber(reason.quantile)}: ${percentOfForecasts})`}`,
    },
    {
      term: 'Safety margin',
      text: amounts(reason.safetyMargin) ?? 'none: the forecast is reliable',
    },
    ...(counted && counted.lastShare !== null
      ? [
          { term: 'Instances that pay', text: paying(counted) },
          { term: 'Use expected of the last', text: lastUse(counted) },
        ]
      : []),
    { term: 'Reactive evidence', text: reactive(reason) },
    { term: 'Available', text: amounts(reason.available) ?? 'no limit known' },
    ...(reason.warmUpSeconds === undefined
      ? []
      : [{ term: 'A new instance takes', text: formatDuration(reason.warmUpSeconds) }]),
    { term: 'Limits', text: `${limits.minInstances} to ${instances(limits.maxInstances)}` },
    { term: 'One instance holds', text: amounts(reason.instanceCapacity) ?? 'unknown' },
  ];
}

type Reason = ExplainedDecision['reason'];
type Counted = NonNullable<Reason['instances']>;

function basis({ source, model, profileVersion }: Reason): string {
  const models = [...new Set(RESOURCES.flatMap((resource) => model[resource] ?? []))];
  const profile = profileVersion === null ? [] : [`profile version ${profileVersion}`];
  return [BASES[source], ...models.map(formatName), ...profile].join('; ');
}

/** Every resource's need, and how many instances that is. */
function needs({ forecast, instanceCapacity }: Reason): string {
  const text = listed((resource) => {
    const need = forecast[resource];
    if (need === null) return null;
    const each = instanceCapacity[resource];
    const count = each === null || each <= 0 ? '' : ` = ${formatNumber(need / each)} instances`;
    return `${formatAmount(resource, need)}${count}`;
  });
  return text ?? 'none';
}

function paying({ asked, kept, current, leastShare }: Counted): string {
  return (
    `${formatCount(asked, 'instance')} to ask for, ${kept} to keep of ${current}; ` +
    `one pays if at least ${formatShare(leastShare)} of it is expected to be used`
  );
}

function lastUse({ lastShare, nextShare }: Counted): string {
  const next =
    nextShare === null ? 'no further one is allowed' : `${formatShare(nextShare)} of one more`;
  return lastShare === null ? next : `${formatShare(lastShare)}; ${next}`;
}

function reactive({ correction, instances: counted, limits }: Reason): string {
  const parts: string[] = [];
  const floor = counted?.floor ?? 0;
  const added = amounts(correction);
  if (counted && counted.fallback !== null) {
    parts.push(
      `the circuit breaker is open: reactive behaviour holds ${formatCount(counted.fallback, 'instance')}`,
    );
  }
  if (floor > limits.minInstances) {
    parts.push(`at least ${formatCount(floor, 'instance')} by what was really used`);
  }
  if (added !== null) parts.push(`added to the need: ${added}`);
  return parts.join('; ') || 'none: what was used lay within what was allocated';
}

/** Amounts above nothing; null where there is none. */
function amounts(footprint: Footprint): string | null {
  return listed((resource) => {
    const amount = footprint[resource];
    return amount === null || amount <= 0 ? null : formatAmount(resource, amount);
  });
}

function listed(show: (resource: Resource) => string | null): string | null {
  const parts = RESOURCES.flatMap((resource) => {
    const text = show(resource);
    return text === null ? [] : [`${RESOURCE_LABELS[resource]} ${text}`];
  });
  return parts.length === 0 ? null : parts.join(', ');
}
