import * as z from 'zod';

const detail = z.object({
  AutoScalingGroupName: z.string(),
  LifecycleHookName: z.string(),
  LifecycleActionToken: z.string(),
  EC2InstanceId: z.string(),
  LifecycleTransition: z.enum([
    'autoscaling:EC2_INSTANCE_LAUNCHING',
    'autoscaling:EC2_INSTANCE_TERMINATING',
  ]),
});

/** EventBridge event of an instance that waits in a lifecycle hook, reduced to the used fields. */
export const lifecycleEventSchema = z
  .object({
    source: z.literal('aws.autoscaling'),
    'detail-type': z.enum([
      'EC2 Instance-launch Lifecycle Action',
      'EC2 Instance-terminate Lifecycle Action',
    ]),
    time: z.iso.datetime(),
    detail,
  })
  .transform((event) => ({
    applicationId: event.detail.AutoScalingGroupName,
    hook: event.detail.LifecycleHookName,
    token: event.detail.LifecycleActionToken,
    instanceId: event.detail.EC2InstanceId,
    transition: event.detail.LifecycleTransition,
    atSeconds: Math.floor(Date.parse(event.time) / 1000),
  }));

export type LifecycleAction = z.output<typeof lifecycleEventSchema>;
