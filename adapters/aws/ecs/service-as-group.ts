import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import type { DescribedService } from './describe-services.ts';

/**
 * A service in the words of Auto Scaling, so that one set of rules holds for both: tasks are
 * instances, and the task definition's ARN is their type. Without a scalable target the limits are
 * what it runs, which leaves nothing to change.
 */
export function serviceAsGroup(service: DescribedService): AutoScalingGroup {
  const { id, desired, limits, tags, tasks } = service;
  return {
    AutoScalingGroupName: id,
    MinSize: limits?.min ?? desired,
    MaxSize: limits?.max ?? desired,
    DesiredCapacity: desired,
    DefaultCooldown: 0,
    AvailabilityZones: [],
    HealthCheckType: 'ECS',
    CreatedTime: undefined,
    Tags: [...tags].map(([Key, Value]) => ({ ResourceId: id, Key, Value })),
    Instances: tasks.flatMap(({ taskDefinition, running, pending }) => [
      ...instances(taskDefinition, 'InService', running),
      ...instances(taskDefinition, 'Pending', pending),
    ]),
  };
}

function instances(type: string, LifecycleState: 'InService' | 'Pending', count: number) {
  return Array.from({ length: count }, (): Instance => ({
    InstanceId: undefined,
    InstanceType: type,
    AvailabilityZone: undefined,
    LifecycleState,
    HealthStatus: 'HEALTHY',
    ProtectedFromScaleIn: false,
  }));
}
