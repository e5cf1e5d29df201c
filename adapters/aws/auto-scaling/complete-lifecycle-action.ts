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
  /** Token of the event; a token names one action, an instance may have several one after another. */
  readonly token?: string;
}

/** `not-waiting`: it was completed before, timed out, or its instance or group is gone. */
export type LifecycleOutcome = 'completed' | 'not-waiting';

const NOT_WAITING = /no active lifecycle action|group name not found/i;

/**
 * Lets the instance that waits in a lifecycle hook go on (CONTINUE). An event that comes twice or too late finds
 * nothing waiting, which is no failure.
 * @throws ScalingError for anything else.
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
