import type { ApplicationReplay, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from './compare-policies.ts';
import { formatCount, formatNameWithin, formatShare } from './format.ts';

/** Two words for an application: what it costs and how it is served; null without a verdict. */
export function verdictWords({ verdict }: Pick<ApplicationReplay, 'verdict'>): string | null {
  return verdict === null ? null : `${verdict.cost} cost, ${verdict.service} service`;
}

/**
 * How many applications are served better and worse than by the present policy, and the worst of
 * them; null without that policy.
 */
export function verdictSentence({ applications, trace }: ReplayResult): string | null {
  const judged = applications.filter(({ verdict }) => verdict !== null);
  if (judged.length === 0) return null;
  const count = (service: 'better' | 'same' | 'worse') =>
    judged.filter(({ verdict }) => verdict?.service === service).length;
  const cheaper = judged.filter(({ verdict }) => verdict?.cost === 'lower').length;
  const than = formatNameWithin(comparePolicies(judged[0]!.policies)?.baseline?.name ?? '');
  const served =
    `Against ${than}, ${formatCount(count('better'), 'application')} served better, ` +
    `${count('same')} the same and ${count('worse')} worse; ${cheaper} cheaper. ` +
    `Differences up to ${formatShare(trace.service.threshold)} do not count`;
  const worst = worstServed(judged);
  return worst === null ? `${served}.` : `${served}. Worst: ${worst}.`;
}

/** The application whose short time or unserved demand grew most; null where none is worse. */
function worstServed(judged: readonly ApplicationReplay[]): string | null {
  let [most, name] = [0, ''];
  let text = '';
  for (const { applicationId, verdict, policies } of judged) {
    const compared = comparePolicies(policies);
    if (verdict?.service !== 'worse' || !compared?.baseline) continue;
    const { subject, baseline } = compared;
    const time = subject.shortSteps - baseline.shortSteps;
    const demand = subject.unservedDemand - baseline.unservedDemand;
    if (Math.max(time, demand) <= most) continue;
    [most, name] = [Math.max(time, demand), applicationId];
    text =
      `short in ${formatShare(subject.shortSteps)} of the time instead of ` +
      `${formatShare(baseline.shortSteps)}, ${formatShare(subject.unservedDemand)} of its demand ` +
      `unserved instead of ${formatShare(baseline.unservedDemand)}`;
  }
  return name === '' ? null : `${name}, ${text}`;
}
