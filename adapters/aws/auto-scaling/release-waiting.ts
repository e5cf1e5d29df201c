import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { completeLifecycleAction } from './complete-lifecycle-action.ts';
import { findGroup } from './find-group.ts';

/**
 * Sends CONTINUE for every instance of the group that waits in `hook`. Instances that wait in other
 * hooks are not affected.
 * @throws ScalingError
 */
export async function releaseWaiting(
  client: AutoScalingClient,
  applicationId: string,
  hook: string,
): Promise<void> {
  const { instances } = await findGroup(client, applicationId);
  for (const { InstanceId: instanceId, LifecycleState: state } of instances) {
    if (instanceId === undefined || !state?.endsWith(':Wait')) continue;
    await completeLifecycleAction(client, { applicationId, hook, instanceId });
  }
}
