import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from './compare-policies.ts';
import {
  formatCount,
  formatDistance,
  formatDuration,
  formatNameWithin,
  formatNumber,
} from './format.ts';
import { evaluatedSeconds } from './monthly.ts';

/** Smaller differences are reported as equal, because the report's figures do not show them. */
const SAME = 0.0005;

/** Above this a difference is said as a multiple. */
const MOST_PERCENT = 2;

interface Words {
  readonly fewer: string;
  readonly more: string;
  readonly same: string;
  readonly what: string;
}

/** For example "18% fewer instance-hours", "as many instance-hours", "4% more …". */
function inWords(difference: number, words: Words): string {
  if (Math.abs(difference) < SAME) return words.same;
  if (difference > MOST_PERCENT) return `${formatNumber(1 + difference)} times the ${words.what}`;
  return `${formatDistance(difference)} ${difference < 0 ? words.fewer : words.more}`;
}

const HOURS = {
  fewer: 'fewer instance-hours',
  more: 'more instance-hours',
  same: 'as many instance-hours',
  what: 'instance-hours',
};
const SHORTAGE = {
  fewer: 'less unserved demand',
  more: 'more unserved demand',
  same: 'as much unserved demand',
  what: 'unserved demand',
};

/** Hours and unserved demand of the fleet in one sentence, over the evaluated time. */
export function headline(result: ReplayResult): string {
  const { trace } = result;
  const scope = `${formatCount(trace.applications, 'application')} over ${formatDuration(evaluatedSeconds(trace))}`;
  const compared = comparePolicies(result.policies);
  if (compared === null || compared.instanceHours === null) return `${scope}, replayed.`;
  const hours = inWords(compared.instanceHours, HOURS);
  const shortage =
    compared.unservedDemand === null ? null : inWords(compared.unservedDemand, SHORTAGE);
  const than = formatNameWithin(compared.baseline?.name ?? '');
  return `${scope}: ${hours}${shortage === null ? '' : ` and ${shortage}`} than ${than}.`;
}
