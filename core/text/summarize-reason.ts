import type { DecisionReason } from '#core/domain/allocation.ts';
import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import { amountText } from './amount-text.ts';

const BASIS = {
  default: 'no profile yet, so the defaults of its type',
  forecast: "the application's own forecast",
  'cluster-forecast': "its cluster's forecast, scaled to its level",
} as const;

/** One sentence that explains an allocation to a person. */
export function summarize(reason: DecisionReason, instances: number): string {
  const count = `${instances} ${instances === 1 ? 'instance' : 'instances'}`;
  const parts = [`${count} from ${BASIS[reason.source]}`];
  const led = leadingResource(reason.forecast, reason.instanceCapacity);
  if (led) parts.push(needOf(led, reason));
  parts.push(...shareOf(reason));
  if (reason.expected !== undefined) parts.push(`expected: ${reason.expected.join('; ')}`);
  const { inPeaks } = reason.instances ?? {};
  if (inPeaks !== undefined) {
    parts.push(`a peak that recurs at this time calls for ${inPeaks} of them`);
  }
  if (reason.memoryFloor !== undefined) {
    parts.push(`${amountText('memory', reason.memoryFloor)} of memory held for its daily peaks`);
  }
  const raised = RESOURCES.filter((resource) => (reason.safetyMargin[resource] ?? 0) > 0);
  if (raised.length > 0) {
    parts.push(`a safety margin on ${raised.join(', ')} for an uncertain forecast`);
  }
  const corrected = RESOURCES.filter((resource) => (reason.correction[resource] ?? 0) > 0);
  if (corrected.length > 0) parts.push(`raised to what ${corrected.join(', ')} really used`);
  if (instances === reason.instances?.available) parts.push('held at what can be had now');
  if (instances === reason.limits.maxInstances) parts.push('held at the maximum');
  if (instances === reason.limits.minInstances) parts.push('held at the minimum');
  return `${parts.join('; ')}.`;
}

const DECIDED_BY = {
  record: 'the fewest that have served no worse than target tracking of late',
  level: 'the fewest that have been short for no more of the time than asked for',
  costs: 'what would have cost least of late',
  tracking: 'as target tracking would, since nothing tried has done better yet',
} as const;

/** Why not one instance less or more. */
function shareOf({ instances: counted }: DecisionReason): string[] {
  if (!counted || counted.lastShare === null) return [];
  if (counted.decidedBy !== undefined) return [DECIDED_BY[counted.decidedBy]];
  const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
  const next =
    counted.nextShare === null ? '' : `, the next would be by ${percent(counted.nextShare)}`;
  return [
    `the last instance is expected to be used by ${percent(counted.lastShare)}${next}; from ${percent(counted.leastShare)} on one pays`,
  ];
}

function needOf(resource: Resource, { source, quantile, forecast }: DecisionReason): string {
  const amount = `${amountText(resource, forecast[resource] ?? 0)} of ${resource}`;
  if (source === 'default') return amount;
  return `${Number((quantile * 100).toFixed(1))} of 100 forecasts stay below ${amount}`;
}

/** The resource that needs the most instances. */
function leadingResource(need: Footprint, capacity: Footprint): Resource | null {
  let leading: Resource | null = null;
  let most = -1;
  for (const resource of RESOURCES) {
    const amount = need[resource];
    const each = capacity[resource];
    if (amount === null || each === null || each <= 0) continue;
    if (amount / each > most) {
      most = amount / each;
      leading = resource;
    }
  }
  return leading;
}
