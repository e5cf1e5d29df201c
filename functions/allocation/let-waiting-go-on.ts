import type { AutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { LAUNCH_HOOK, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';

/**
 * Completes our hook for every instance that waits in one: its event was lost, or could not be
 * answered. An instance that waits in another hook is not affected.
 * @throws ScalingError
 */
export async function letWaitingGoOn(
  target: Pick<AutoScalingTarget, 'completeLifecycleAction'>,
  { applicationId, known }: EnrolledGroup,
): Promise<void> {
  for (const { InstanceId: instanceId, LifecycleState: state } of known.instances) {
    if (instanceId === undefined || !state?.endsWith(':Wait')) continue;
    const hook = state.includes('Terminating') ? TERMINATE_HOOK : LAUNCH_HOOK;
    await target.completeLifecycleAction({ applicationId, hook, instanceId });
  }
}
