import { replayDocument } from '#cli/presenters/replay-document.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import type { GroupSavings } from './group-savings.ts';

/** The JSON of a plan: the document of its replay, and the savings of every group. */
export function planDocument(
  region: string,
  result: ReplayResult,
  groups: readonly GroupSavings[],
): object {
  return {
    region,
    groups: groups.map((savings) => ({
      group: savings.group,
      instance_types: savings.instanceTypes,
      instance_price_usd: savings.price,
      evaluated_hours: savings.evaluatedHours,
      in_service_instance_hours: savings.inServiceHours,
      policies: savings.policies,
      own_scaling_policies: savings.ownPolicies,
      saved_instance_hours_per_month: savings.savedHoursPerMonth,
      saved_usd_per_month: savings.savedPerMonth,
    })),
    replay: replayDocument(result),
  };
}
