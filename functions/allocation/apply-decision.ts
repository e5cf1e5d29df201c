import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';

export type Application = 'none' | 'stopped' | 'restored' | 'floor' | 'floor-and-desired';

/**
 * Applies a decision as far as the group's mode allows. The forecast becomes the group's floor,
 * because target tracking would undo a lower desired capacity and a lifecycle hook's own change
 * could call the next hook. Without a forecast there is nothing to hold a floor up: the owner's
 * minimum comes back.
 */
export async function applyDecision(
  target: AutoScalingTarget,
  group: EnrolledGroup,
  decision: AllocationDecision,
): Promise<Application> {
  const { applicationId, mode, known } = group;
  if (mode === 'observe' || decision.reason.source === 'default') {
    if (!known.hasFloor) return 'none';
    await target.restoreMinimum(applicationId);
    return 'restored';
  }
  const { before, after } = await target.setFloor(applicationId, decision.instances, known);
  if (mode === 'scale-out') return 'floor';
  // A new minimum may have changed the desired capacity: the group is read again then.
  await target.setDesired(applicationId, decision.instances, ...(before === after ? [known] : []));
  return 'floor-and-desired';
}
