import {
  AutoScalingServiceException,
  type AutoScalingGroup,
  type CompleteLifecycleActionCommandInput,
  type CreateOrUpdateTagsCommandInput,
  type DeleteLifecycleHookCommandInput,
  type DeleteTagsCommandInput,
  type DescribeAutoScalingGroupsCommandInput,
  type DescribeLifecycleHooksCommandInput,
  type DescribePoliciesCommandInput,
  type DescribeScalingActivitiesCommandInput,
  type DescribeScheduledActionsCommandInput,
  type DescribeWarmPoolCommandInput,
  type Instance,
  type SetDesiredCapacityCommandInput,
  type UpdateAutoScalingGroupCommandInput,
} from '@aws-sdk/client-auto-scaling';
import type { AccountInstance } from '#evaluation/account/account-instance.ts';
import type { Answers } from './answer-sdk.ts';
import type { BoxGroup } from './box-group.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);

function refusal(message: string): AutoScalingServiceException {
  return new AutoScalingServiceException({
    name: 'ValidationError',
    message,
    $fault: 'client',
    $metadata: {},
  });
}

/** Auto Scaling's commands, answered by simulated groups. */
export function answerAutoScaling(
  groups: ReadonlyMap<string, BoxGroup>,
  nowSeconds: () => number,
): Answers {
  const named = (name: string | undefined): BoxGroup => {
    const group = groups.get(name ?? '');
    if (!group) throw refusal('AutoScalingGroup name not found - null');
    return group;
  };
  const update = (name: string | undefined, change: object): void => {
    try {
      named(name).world.group.update(change);
    } catch (cause) {
      if (cause instanceof RangeError) throw refusal(cause.message);
      throw cause;
    }
  };
  return {
    DescribeAutoScalingGroupsCommand: (input: DescribeAutoScalingGroupsCommandInput) => ({
      AutoScalingGroups: [...groups.values()].filter(isMeant(input)).map(describe),
    }),
    DescribePoliciesCommand: ({ AutoScalingGroupName }: DescribePoliciesCommandInput) => ({
      ScalingPolicies: [...groups.values()]
        .filter(({ name }) => AutoScalingGroupName === undefined || name === AutoScalingGroupName)
        .flatMap(({ policies }) => policies),
    }),
    DescribeScheduledActionsCommand: (input: DescribeScheduledActionsCommandInput) => ({
      ScheduledUpdateGroupActions: [...groups.values()]
        .filter(({ name }) => (input.AutoScalingGroupName ?? name) === name)
        .flatMap((group) => scheduledOf(group, nowSeconds())),
    }),
    DescribeLifecycleHooksCommand: (input: DescribeLifecycleHooksCommandInput) => ({
      LifecycleHooks: named(input.AutoScalingGroupName).world.group.hooks.map((hook) => ({
        LifecycleHookName: hook.name,
        LifecycleTransition: `autoscaling:EC2_INSTANCE_${hook.transition.toUpperCase()}`,
        HeartbeatTimeout: hook.heartbeatSeconds,
        DefaultResult: hook.defaultResult,
      })),
    }),
    DescribeWarmPoolCommand: (input: DescribeWarmPoolCommandInput) => ({
      Instances: named(input.AutoScalingGroupName).world.group.warm.map(describeInstance),
    }),
    DeleteLifecycleHookCommand: (input: DeleteLifecycleHookCommandInput) => {
      named(input.AutoScalingGroupName).world.group.deleteHook(input.LifecycleHookName ?? '');
    },
    DescribeScalingActivitiesCommand: (input: DescribeScalingActivitiesCommandInput) => ({
      Activities: activitiesOf(named(input.AutoScalingGroupName)).slice(0, input.MaxRecords ?? 100),
    }),
    UpdateAutoScalingGroupCommand: (input: UpdateAutoScalingGroupCommandInput) => {
      const { MinSize: min, MaxSize: max, DesiredCapacity: desired } = input;
      update(input.AutoScalingGroupName, {
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        ...(desired !== undefined && { desired }),
      });
    },
    SetDesiredCapacityCommand: (input: SetDesiredCapacityCommandInput) => {
      update(input.AutoScalingGroupName, { desired: input.DesiredCapacity });
    },
    CreateOrUpdateTagsCommand: ({ Tags = [] }: CreateOrUpdateTagsCommandInput) => {
      for (const { ResourceId, Key = '', Value = '' } of Tags) {
        named(ResourceId).tags.set(Key, Value);
      }
    },
    DeleteTagsCommand: ({ Tags = [] }: DeleteTagsCommandInput) => {
      for (const { ResourceId, Key = '' } of Tags) named(ResourceId).tags.delete(Key);
    },
    CompleteLifecycleActionCommand: (input: CompleteLifecycleActionCommandInput) => {
      const { group } = named(input.AutoScalingGroupName).world;
      const result = input.LifecycleActionResult === 'ABANDON' ? 'ABANDON' : 'CONTINUE';
      const done = group.complete(input.InstanceId ?? '', input.LifecycleHookName ?? '', result);
      if (!done) {
        throw refusal(
          `No active Lifecycle Action found with instance ID ${input.InstanceId ?? ''}`,
        );
      }
    },
  };
}

function isMeant(input: DescribeAutoScalingGroupsCommandInput): (group: BoxGroup) => boolean {
  const { AutoScalingGroupNames: names, Filters: filters = [] } = input;
  const keys = filters.flatMap(({ Name, Values = [] }) => (Name === 'tag-key' ? Values : []));
  return ({ name, tags }) =>
    (names === undefined || names.length === 0 || names.includes(name)) &&
    keys.every((key) => tags.has(key));
}

/** A one-time action is forgotten once it has run. */
function scheduledOf({ name, world }: BoxGroup, nowSeconds: number): readonly object[] {
  return world.group.scheduledActions
    .filter(({ atSeconds }) => atSeconds > nowSeconds)
    .map(({ name: action, atSeconds, min, max, desired }) => ({
      AutoScalingGroupName: name,
      ScheduledActionName: action,
      StartTime: at(atSeconds),
      ...(min !== undefined && { MinSize: min }),
      ...(max !== undefined && { MaxSize: max }),
      ...(desired !== undefined && { DesiredCapacity: desired }),
    }));
}

function describe({ name, world, tags }: BoxGroup): AutoScalingGroup {
  const { sizes, instances, hasWarmPool } = world.group;
  return {
    AutoScalingGroupName: name,
    MinSize: sizes.min,
    MaxSize: sizes.max,
    DesiredCapacity: sizes.desired,
    DefaultCooldown: 300,
    AvailabilityZones: ['eu-central-1a'],
    HealthCheckType: 'EC2',
    CreatedTime: at(0),
    Tags: [...tags].map(([Key, Value]) => ({ ResourceId: name, Key, Value })),
    Instances: instances.map(describeInstance),
    ...(hasWarmPool && { WarmPoolConfiguration: {} }),
  };
}

function describeInstance({ id, type, state }: AccountInstance): Instance {
  return {
    InstanceId: id,
    InstanceType: type.name,
    AvailabilityZone: 'eu-central-1a',
    LifecycleState: state,
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: false,
  };
}

function activitiesOf({ name, world }: BoxGroup): readonly object[] {
  return world.group.launches.toReversed().map((launch, k) => ({
    ActivityId: `${name}-${k}`,
    AutoScalingGroupName: name,
    Description: `Launching a new EC2 instance: ${launch.instanceId ?? ''}`,
    Cause: `increasing the capacity from ${launch.from} to ${launch.to}.`,
    StartTime: at(launch.startSeconds),
    ...(launch.endSeconds !== null && { EndTime: at(launch.endSeconds) }),
    StatusCode: statusOf(launch),
    ...(launch.refused && {
      StatusMessage: 'We currently do not have sufficient capacity in the Availability Zone',
    }),
  }));
}

function statusOf(launch: { readonly refused: boolean; readonly endSeconds: number | null }) {
  if (launch.refused) return 'Failed';
  return launch.endSeconds === null ? 'InProgress' : 'Successful';
}
