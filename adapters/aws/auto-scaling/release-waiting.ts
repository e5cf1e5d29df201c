import {
  DescribeWarmPoolCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import { completeLifecycleAction } from './complete-lifecycle-action.ts';
import { describeGroup } from './find-group.ts';
import { toScalingError } from './scaling-error.ts';

/**
 * Sends CONTINUE for every instance of the group, its warm pool included, that waits in `hook`.
 * Instances that wait in other hooks are not affected.
 * @throws ScalingError
 */
export async function releaseWaiting(
  client: AutoScalingClient,
  applicationId: string,
  hook: string,
): Promise<void> {
  const group = await describeGroup(client, applicationId);
  const instances = [...(group.Instances ?? []), ...(await warmInstances(client, group))];
  for (const { InstanceId: instanceId, LifecycleState: state } of instances) {
    if (instanceId === undefined || !state?.endsWith(':Wait')) continue;
    await completeLifecycleAction(client, { applicationId, hook, instanceId });
  }
}

/** Instances of the group's warm pool; the group itself does not list them. */
async function warmInstances(
  client: AutoScalingClient,
  { AutoScalingGroupName: name, WarmPoolConfiguration: pool }: AutoScalingGroup,
): Promise<readonly Instance[]> {
  if (name === undefined || pool === undefined) return [];
  const instances: Instance[] = [];
  let next: string | undefined;
  try {
    do {
      const page = await client.send(
        new DescribeWarmPoolCommand({
          AutoScalingGroupName: name,
          ...(next !== undefined && { NextToken: next }),
        }),
      );
      instances.push(...(page.Instances ?? []));
      next = page.NextToken;
    } while (next !== undefined);
  } catch (cause) {
    throw toScalingError(name, cause);
  }
  return instances;
}
