import { leastAt } from '#evaluation/replay/compare-frontiers.ts';
import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies, orderPolicies } from '#html-report/text/compare-policies.ts';
import { policyFamily } from './frontier-chart.ts';

/** What the report's own policy saves against another one; negative where it costs more or leaves more unserved. */
export interface Savings {
  readonly against: PolicySummary;
  /** At both policies' current settings. */
  readonly hours: number;
  readonly unservedHours: number;
  /** Instance-hours saved with a setting that leaves as much unserved; null where none does. */
  readonly hoursAtItsShortage: number | null;
  /** Share of its unserved demand avoided with a setting that costs as much; null where none is as cheap. */
  readonly shareAtItsCost: number | null;
}

/** Instance-hours of demand that a policy could not serve. */
export function unservedHours({
  instanceHours,
  meanUtilization,
  unservedDemand,
}: PolicySummary): number {
  const served = instanceHours * meanUtilization;
  return unservedDemand < 1 ? (served * unservedDemand) / (1 - unservedDemand) : NaN;
}

/** Against every other policy, in the order in which they are shown. */
export function savings(result: ReplayResult): readonly Savings[] {
  const subject = comparePolicies(result.policies)?.subject;
  if (subject === undefined) return [];
  const family = policyFamily(subject.name);
  const own = result.frontier.filter(({ policy }) => policyFamily(policy) === family);
  return orderPolicies(result.policies)
    .filter((policy) => policy !== subject)
    .map((against) => {
      const hours = leastAt(own, 'unservedDemand', against.unservedDemand);
      const unserved = leastAt(own, 'instanceHours', against.instanceHours);
      return {
        against,
        hours: against.instanceHours - subject.instanceHours,
        unservedHours: unservedHours(against) - unservedHours(subject),
        hoursAtItsShortage: hours === null ? null : against.instanceHours - hours,
        shareAtItsCost:
          unserved === null || against.unservedDemand === 0
            ? null
            : 1 - unserved / against.unservedDemand,
      };
    });
}
