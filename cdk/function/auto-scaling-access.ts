import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FLOOR_TAG, MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { explainWildcard } from './explain.ts';
import type { ForeprintFunction } from './foreprint-function.ts';

/** What some functions read of groups besides the groups themselves. */
export type GroupDetail = 'policies' | 'schedules' | 'hooks' | 'types';

const DETAIL_ACTIONS: Readonly<Record<GroupDetail, readonly string[]>> = {
  policies: ['autoscaling:DescribePolicies'],
  schedules: ['autoscaling:DescribeScheduledActions'],
  // Instances that wait in a hook may be those of a warm pool.
  hooks: ['autoscaling:DescribeLifecycleHooks', 'autoscaling:DescribeWarmPool'],
  types: ['ec2:DescribeInstanceTypes'],
};

/** Allows reading groups and what is told. These actions have no resource-level permissions. */
export function allowGroupReading(
  target: ForeprintFunction,
  details: readonly GroupDetail[] = [],
): void {
  target.allow(
    new PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        ...details.flatMap((detail) => DETAIL_ACTIONS[detail]),
      ],
      resources: ['*'],
    }),
  );
}

/**
 * Allows reading launches, and usage and quota of on-demand instances. These actions have no
 * resource-level permissions.
 */
export function allowSupplyReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:DescribeScalingActivities', 'cloudwatch:GetMetricData'],
      resources: ['*'],
    }),
  );
}

/** Groups are enrolled after the deployment, so their names are not known. */
function groupsOf(target: ForeprintFunction): string {
  const { partition, region, account } = Stack.of(target);
  return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`;
}

/** A change of a group's minimum, and of nothing that an update could change besides. */
const MINIMUM_ONLY = {
  'autoscaling:MaxSize': 'true',
  'autoscaling:LaunchConfigurationName': 'true',
};
/** Of the tags only the one that shows the owner's minimum. */
const FLOOR_TAG_ONLY = {
  'ForAllValues:StringEquals': { 'aws:TagKeys': [FLOOR_TAG] },
};
const TAGGED = { [`autoscaling:ResourceTag/${MODE_TAG}`]: 'false' };

/**
 * Allows changing groups that have the enrolment tag, and letting instances go on that wait in a
 * hook: those of a group that lost its tag, too.
 */
export function allowGroupScaling(target: ForeprintFunction): void {
  const resources = [groupsOf(target)];
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:SetDesiredCapacity'],
      resources,
      conditions: { Null: TAGGED },
    }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:UpdateAutoScalingGroup'],
      resources,
      conditions: { Null: { ...TAGGED, ...MINIMUM_ONLY } },
    }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:CreateOrUpdateTags', 'autoscaling:DeleteTags'],
      resources,
      conditions: { Null: TAGGED, ...FLOOR_TAG_ONLY },
    }),
  );
  target.allow(
    new PolicyStatement({ actions: ['autoscaling:CompleteLifecycleAction'], resources }),
  );
  explainGroups(target, `changes hold only for groups that carry the tag ${MODE_TAG}`);
}

/**
 * Allows what gives a group back, whatever its tags: a tag that was lost must not keep a minimum
 * raised. The function acts on groups that the state table names, and at the end of the stack.
 */
export function allowGivingBack(target: ForeprintFunction): void {
  const resources = [groupsOf(target)];
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:CompleteLifecycleAction', 'autoscaling:DeleteLifecycleHook'],
      resources,
    }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:UpdateAutoScalingGroup'],
      resources,
      conditions: { Null: MINIMUM_ONLY },
    }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:DeleteTags'],
      resources,
      conditions: FLOOR_TAG_ONLY,
    }),
  );
  explainGroups(target, 'a group that lost its tag has to be given back too');
}

function explainGroups(target: ForeprintFunction, limit: string): void {
  explainWildcard(
    target,
    'arn:<AWS::Partition>:autoscaling:<AWS::Region>:<AWS::AccountId>:autoScalingGroup:*:autoScalingGroupName/*',
    `Groups are enrolled by tag after the deployment, so their names are not known; ${limit}.`,
  );
}

/** Allows reading CloudWatch metrics. The action has no resource-level permissions. */
export function allowMetricReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['cloudwatch:GetMetricData'],
      resources: ['*'],
    }),
  );
}
