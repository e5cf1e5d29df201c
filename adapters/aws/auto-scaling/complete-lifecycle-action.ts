import {
  AutoScalingServiceException,
  CompleteLifecycleActionCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { toScalingError } from './scaling-error.ts';

export interface LifecycleAction {
  /** Name of the group. */
  readonly applicationId: string;
  readonly hook: string;
  readonly instanceId: string;
  /** Token of the event. A token names one action; an instance may have several in a row. */
  readonly token?: string;
}

/**
 * `not-waiting`: the action was completed before or timed out, or its instance or group is gone.
 */
export type LifecycleOutcome = 'completed' | 'not-waiting';

const NOT_WAITING = /no active lifecycle action|group name not found/i;

/**
 * Sends CONTINUE for the instance that waits in a lifecycle hook. A repeated or late event finds no
 * waiting action, which is not a failure.
 * @throws ScalingError for every other error.
 */
export async function completeLifecycleAction(
  client: AutoScalingClient,
  { applicationId, hook, instanceId, token }: LifecycleAction,
): Promise<LifecycleOutcome> {
  try {
    await client.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: applicationId,
        LifecycleHookName: hook,
        InstanceId: instanceId,
        LifecycleActionResult: 'CONTINUE',
        ...(token !== undefined && { LifecycleActionToken: token }),
      }),
    );
    return 'completed';
  } catch (cause) {
    if (cause instanceof AutoScalingServiceException && NOT_WAITING.test(cause.message)) {
      return 'not-waiting';
    }
    throw toScalingError(applicationId, cause);
  }
}
