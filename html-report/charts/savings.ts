import { leastAt } from '#evaluation/replay/compare-frontiers.ts';
import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';
import { comparePolicies, orderPolicies } from '#html-report/text/compare-policies.ts';
import { policyFamily } from './frontier-chart.ts';

/**
 * Savings of the report's subject against another policy. A value is negative if the subject costs
 * more or leaves more unserved.
 */
export interface Savings {
  readonly against: PolicySummary;
  /** With both policies' current settings. */
  readonly hours: number;
  readonly unservedHours: number;
  /**
   * Instance-hours saved with a setting that leaves as much unserved; null if there is no such
   * setting.
   */
  readonly hoursAtItsShortage: number | null;
  /**
   * Share of the other policy's unserved demand avoided with a setting of the same cost; null if no
   * setting is as cheap.
   */
  readonly shareAtItsCost: number | null;
}

/** Savings against every other policy, in display order. */
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
        unservedHours: against.unservedHours - subject.unservedHours,
        hoursAtItsShortage: hours === null ? null : against.instanceHours - hours,
        shareAtItsCost:
          unserved === null || against.unservedDemand === 0
            ? null
            : 1 - unserved / against.unservedDemand,
      };
    });
}
