import type { PolicySummary } from '#evaluation/replay/replay-result.ts';

/** The report's subject and its baseline (null if only one policy was replayed). */
export interface Comparison {
  readonly subject: PolicySummary;
  readonly baseline: PolicySummary | null;
  /**
   * Relative differences subject ÷ baseline − 1; null without a baseline, or if the baseline's
   * value is 0.
   */
  readonly instanceHours: number | null;
  readonly unservedDemand: number | null;
}

function relative(value: number, reference: number | undefined): number | null {
  return reference === undefined || !(reference > 0) ? null : value / reference - 1;
}

/**
 * Foreprint against target tracking; without them the first policies. Null if nothing was replayed.
 */
export function comparePolicies(policies: readonly PolicySummary[]): Comparison | null {
  const named = (prefix: string) => policies.find(({ name }) => name.startsWith(prefix));
  const subject = named('foreprint') ?? policies[0];
  if (subject === undefined) return null;
  const baselines = policies.filter((policy) => policy !== subject);
  const baseline = baselines.find(({ name }) => name.startsWith('target-tracking')) ?? baselines[0];
  return {
    subject,
    baseline: baseline ?? null,
    instanceHours: relative(subject.instanceHours, baseline?.instanceHours),
    unservedDemand: relative(subject.unservedDemand, baseline?.unservedDemand),
  };
}

/** The policies in display order: subject, baseline, then the others as given. */
export function orderPolicies(policies: readonly PolicySummary[]): readonly PolicySummary[] {
  const compared = comparePolicies(policies);
  if (compared === null) return policies;
  const first = [compared.subject, compared.baseline].filter((policy) => policy !== null);
  return [...first, ...policies.filter((policy) => !first.includes(policy))];
}
