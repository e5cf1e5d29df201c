import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import type { AllocationDecision } from '#core/allocation.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';

export type Application = 'none' | 'restored' | 'floor' | 'floor-and-desired';

/**
 * Applies a decision as far as the group's mode allows. The forecast becomes the group's floor, because target tracking
 * would undo a lower desired capacity and a lifecycle hook's own change could call the next hook. Without a forecast
 * there is nothing to hold a floor up: the owner's minimum comes back.
 */
export async function applyDecision(
  target: AutoScalingTarget,
  group: EnrolledGroup,
  decision: AllocationDecision,
): Promise<Application> {
  const { applicationId, mode, hasFloor } = group;
  if (mode === 'observe' || decision.reason.source === 'default') {
    if (!hasFloor) return 'none';
    await target.restoreMinimum(applicationId);
    return 'restored';
  }
  await target.setFloor(applicationId, decision.instances);
  if (mode === 'floor') return 'floor';
  await target.setDesired(applicationId, decision.instances);
  return 'floor-and-desired';
}
