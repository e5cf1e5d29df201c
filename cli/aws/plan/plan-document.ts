import { replayDocument } from '#cli/presenters/replay-document.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';
import type { GroupSavings } from './group-savings.ts';
import type { ModePromise } from './mode-promises.ts';

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
      expected_events: { counted: savings.expected.counted, not_counted: savings.expected.outside },
      modes: savings.modes.map((promise) => modeDocument(promise, savings.price)),
      not_simulated: savings.notSimulated,
      saved_instance_hours_per_month: savings.savedHoursPerMonth,
      saved_usd_per_month: savings.savedPerMonth,
    })),
    replay: replayDocument(result),
  };
}

function modeDocument(
  { mode, target, service, savedHoursPerMonth }: ModePromise,
  price: number | null,
): object {
  return {
    mode,
    raised_target: target,
    instance_hours: service.instanceHours,
    unserved_demand: service.unservedDemand,
    short_steps: service.shortSteps,
    changes: service.changes,
    saved_instance_hours_per_month: savedHoursPerMonth,
    saved_usd_per_month: price === null ? null : savedHoursPerMonth * price,
  };
}
