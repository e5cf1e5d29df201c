import { Duration, Tags } from 'aws-cdk-lib';
import {
  DefaultResult,
  LifecycleTransition,
  type AutoScalingGroup,
} from 'aws-cdk-lib/aws-autoscaling';
import type { BaseService } from 'aws-cdk-lib/aws-ecs';
import {
  HOOK_TIMEOUT_SECONDS,
  LAUNCH_HOOK,
  METRICS_TAG,
  MODE_TAG,
  MONITORING_TAG,
  TERMINATE_HOOK,
  TYPE_TAG,
} from '#cdk/configuration/group-tags.ts';
import { modeSchema, type WrittenMode } from '#cdk/configuration/modes.ts';

export interface EnrolmentOptions {
  /** What Foreprint may do to the group; the deployment's mode by default. */
  readonly mode?: WrittenMode;
  /** Type of the application, which selects its initial defaults. */
  readonly type?: string | undefined;
  /** Resources to measure, all by default. CloudWatch charges for every requested metric. */
  readonly metrics?: readonly ('cpu' | 'memory' | 'disk' | 'network')[] | undefined;
  /**
   * True if the instances have detailed monitoring. Only needed if the group publishes no group
   * metrics.
   */
  readonly detailedMonitoring?: boolean;
}

function enrolmentTags({
  mode,
  type,
  metrics,
}: Pick<EnrolmentOptions, 'type' | 'metrics'> & { readonly mode: WrittenMode }) {
  return [
    [MODE_TAG, modeSchema.parse(mode)],
    ...(type === undefined ? [] : [[TYPE_TAG, type] as const]),
    ...(metrics === undefined ? [] : [[METRICS_TAG, metrics.join(' ')] as const]),
  ] as const;
}

/** Tags a service, and nothing else that its construct made. */
export function enrolService(
  service: BaseService,
  options: Pick<EnrolmentOptions, 'type' | 'metrics'> & { readonly mode: WrittenMode },
): void {
  for (const [name, value] of enrolmentTags(options)) {
    Tags.of(service).add(name, value, { includeResourceTypes: ['AWS::ECS::Service'] });
  }
}

/**
 * Tags a group and adds the two lifecycle hooks. Without an answer the default result is CONTINUE.
 */
export function enrolGroup(
  group: AutoScalingGroup,
  { mode, type, metrics, detailedMonitoring }: EnrolmentOptions & { readonly mode: WrittenMode },
): void {
  const tag = (name: string, value: string) =>
    Tags.of(group).add(name, value, { applyToLaunchedInstances: false });
  for (const [name, value] of enrolmentTags({ mode, type, metrics })) tag(name, value);
  if (detailedMonitoring !== undefined) tag(MONITORING_TAG, detailedMonitoring ? '60' : '300');
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
