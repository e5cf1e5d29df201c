import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { completeLifecycleAction } from './complete-lifecycle-action.ts';
import { findGroup } from './find-group.ts';

/**
 * Lets all instances go on that wait in a hook of a group (CONTINUE); those that wait in other hooks stay where they are.
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
