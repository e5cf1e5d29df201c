import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from './compare-policies.ts';
import { formatCount, formatDuration, formatDistance, formatNameWithin } from './format.ts';

/** Smaller differences are reported as equal, because the report's figures do not show them. */
const SAME = 0.0005;

/** For example "18% fewer instance-hours", "as many instance-hours", "4% more …". */
function inWords(difference: number, words: { fewer: string; more: string; same: string }): string {
  if (Math.abs(difference) < SAME) return words.same;
  return `${formatDistance(difference)} ${difference < 0 ? words.fewer : words.more}`;
}

const HOURS = {
  fewer: 'fewer instance-hours',
  more: 'more instance-hours',
  same: 'as many instance-hours',
};
const SHORTAGE = {
  fewer: 'less unserved demand',
  more: 'more unserved demand',
  same: 'as much unserved demand',
};

/** The result of the replay in one sentence. */
export function headline(result: ReplayResult): string {
  const { trace } = result;
  const scope = `${formatCount(trace.applications, 'application')} over ${formatDuration(trace.steps * trace.stepSeconds)}`;
  const compared = comparePolicies(result.policies);
  if (compared === null || compared.instanceHours === null) return `${scope}, replayed.`;
  const hours = inWords(compared.instanceHours, HOURS);
  const shortage =
    compared.unservedDemand === null ? null : inWords(compared.unservedDemand, SHORTAGE);
  const than = formatNameWithin(compared.baseline?.name ?? '');
  return `${scope}: ${hours}${shortage === null ? '' : ` and ${shortage}`} than ${than}.`;
}
