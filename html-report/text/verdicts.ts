import type { ApplicationReplay, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies } from './compare-policies.ts';
import {
  formatCount,
  formatDistance,
  formatNameWithin,
  formatNumber,
  formatShare,
} from './format.ts';

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

/** The result in one line: service before hours; null without verdicts. */
export function verdictHeadline({ applications, policies }: ReplayResult): string | null {
  const judged = applications.filter(({ verdict }) => verdict !== null);
  if (judged.length === 0) return null;
  const count = (service: 'better' | 'worse') =>
    judged.filter(({ verdict }) => verdict?.service === service).length;
  const hours = comparePolicies(policies)?.instanceHours ?? null;
  const served =
    count('better') + count('worse') === 0
      ? `All ${formatCount(judged.length, 'application')} served the same`
      : `${count('better')} of ${formatCount(judged.length, 'application')} served better, ` +
        `${count('worse') === 0 ? 'none' : count('worse')} worse`;
  return hours === null ? served : `${served}, for ${hoursInWords(hours)}`;
}

/** Differences that figures of one digit do not show. */
const SAME_HOURS = 0.0005;

function hoursInWords(difference: number): string {
  if (Math.abs(difference) < SAME_HOURS) return 'as many instance-hours';
  if (difference > 2) return `${formatNumber(1 + difference)} times the instance-hours`;
  return `${formatDistance(difference)} ${difference < 0 ? 'fewer' : 'more'} instance-hours`;
}

/** How much better or worse an application is served: from the tenfold threshold on, much. */
export type Severity = 'much worse' | 'worse' | 'same' | 'better' | 'much better' | 'unknown';

const MUCH = 10;

/** The change of service of an application in words; unknown without a verdict. */
export function severityOf(application: ApplicationReplay, threshold: number): Severity {
  const compared = comparePolicies(application.policies);
  if (application.verdict === null || !compared?.baseline) return 'unknown';
  const { service } = application.verdict;
  if (service === 'same') return 'same';
  const { subject, baseline } = compared;
  const changes = [
    Math.abs(subject.shortSteps - baseline.shortSteps),
    Math.abs(subject.unservedDemand - baseline.unservedDemand),
  ];
  return Math.max(...changes) > MUCH * threshold ? `much ${service}` : service;
}

/**
 * What to do with an application: to put it in the mode `full`, which is what was replayed, to ask
 * `plan` what the modes would do, or to leave it as it is.
 */
export type Advice = 'full' | 'plan' | 'leave';

/**
 * Full where it is served no worse for fewer hours, or better for as many; plan where it is served
 * better for more, which another mode may do for less; otherwise it is left as it is.
 */
export function adviceOf({ verdict }: Pick<ApplicationReplay, 'verdict'>): Advice {
  if (verdict === null || verdict.service === 'worse') return 'leave';
  if (verdict.cost === 'lower') return 'full';
  if (verdict.service === 'same') return 'leave';
  return verdict.cost === 'same' ? 'full' : 'plan';
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
