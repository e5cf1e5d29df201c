import {
  DeleteLifecycleHookCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { toScalingError } from './scaling-error.ts';

export interface LifecycleHook {
  readonly name: string;
  /** `autoscaling:EC2_INSTANCE_LAUNCHING` or `autoscaling:EC2_INSTANCE_TERMINATING`. */
  readonly transition: string;
  /** Heartbeat timeout: how long an instance waits for an answer. */
  readonly timeoutSeconds: number;
  /** What Auto Scaling does after the timeout: `CONTINUE` or `ABANDON`. */
  readonly defaultResult: string;
}

/**
 * All lifecycle hooks of a group.
 * @throws ScalingError
 */
export async function describeHooks(
  client: AutoScalingClient,
  group: string,
): Promise<readonly LifecycleHook[]> {
  try {
    const { LifecycleHooks: hooks = [] } = await client.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: group }),
    );
    return hooks.map((hook) => ({
      name: hook.LifecycleHookName ?? '',
      transition: hook.LifecycleTransition ?? '',
      timeoutSeconds: hook.HeartbeatTimeout ?? NaN,
      defaultResult: hook.DefaultResult ?? '',
    }));
  } catch (cause) {
    throw toScalingError(group, cause);
  }
}

/**
 * Creates a hook, or replaces the settings of the hook with this name.
 * @throws ScalingError
 */
export async function putHook(
  client: AutoScalingClient,
  group: string,
  hook: LifecycleHook,
): Promise<void> {
  try {
    await client.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName: group,
        LifecycleHookName: hook.name,
        LifecycleTransition: hook.transition,
        HeartbeatTimeout: hook.timeoutSeconds,
        DefaultResult: hook.defaultResult,
      }),
    );
  } catch (cause) {
    throw toScalingError(group, cause);
  }
}

/**
 * Deletes a hook. Auto Scaling then abandons launching instances that still wait in it: release
 * them first (`releaseWaiting`).
 * @throws ScalingError
 */
export async function deleteHook(
  client: AutoScalingClient,
  group: string,
  name: string,
): Promise<void> {
  try {
    await client.send(
      new DeleteLifecycleHookCommand({ AutoScalingGroupName: group, LifecycleHookName: name }),
    );
  } catch (cause) {
    throw toScalingError(group, cause);
  }
}
