import { Duration, Tags } from 'aws-cdk-lib';
import {
  DefaultResult,
  LifecycleTransition,
  type AutoScalingGroup,
} from 'aws-cdk-lib/aws-autoscaling';
import type { Mode } from '#cdk/configuration/configuration-schema.ts';
import {
  HOOK_TIMEOUT_SECONDS,
  LAUNCH_HOOK,
  MODE_TAG,
  TERMINATE_HOOK,
  TYPE_TAG,
} from '#cdk/configuration/group-tags.ts';

export interface EnrolmentOptions {
  /** What may be done to the group; the deployment's mode unless told. */
  readonly mode?: Mode;
  /** Type of the application, for the defaults it starts with. */
  readonly type?: string;
}

/** Tags a group and gives it the two lifecycle hooks; instances go on with CONTINUE should nobody answer. */
export function enrolGroup(
  group: AutoScalingGroup,
  { mode, type }: EnrolmentOptions & { readonly mode: Mode },
): void {
  Tags.of(group).add(MODE_TAG, mode, { applyToLaunchedInstances: false });
  if (type !== undefined) Tags.of(group).add(TYPE_TAG, type, { applyToLaunchedInstances: false });
  const hook = {
    heartbeatTimeout: Duration.seconds(HOOK_TIMEOUT_SECONDS),
    defaultResult: DefaultResult.CONTINUE,
  };
  group.addLifecycleHook('ForeprintLaunching', {
    ...hook,
    lifecycleHookName: LAUNCH_HOOK,
    lifecycleTransition: LifecycleTransition.INSTANCE_LAUNCHING,
  });
  group.addLifecycleHook('ForeprintTerminating', {
    ...hook,
    lifecycleHookName: TERMINATE_HOOK,
    lifecycleTransition: LifecycleTransition.INSTANCE_TERMINATING,
  });
}
