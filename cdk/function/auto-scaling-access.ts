import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { explainWildcard } from './explain.ts';
import type { ForeprintFunction } from './foreprint-function.ts';

/** Allows reading groups and instance types. These actions have no resource-level permissions. */
export function allowGroupReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLifecycleHooks',
        'autoscaling:DescribePolicies',
        'autoscaling:DescribeTags',
        'ec2:DescribeInstanceTypes',
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

/** Allows changing groups that have the enrolment tag. */
export function allowGroupScaling(target: ForeprintFunction): void {
  const { partition, region, account } = Stack.of(target);
  const groups = `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`;
  target.allow(
    new PolicyStatement({
      actions: [
        'autoscaling:CompleteLifecycleAction',
        'autoscaling:CreateOrUpdateTags',
        'autoscaling:DeleteTags',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:UpdateAutoScalingGroup',
      ],
      resources: [groups],
      conditions: { Null: { [`autoscaling:ResourceTag/${MODE_TAG}`]: 'false' } },
    }),
  );
  explainWildcard(
    target,
    'arn:<AWS::Partition>:autoscaling:<AWS::Region>:<AWS::AccountId>:autoScalingGroup:*:autoScalingGroupName/*',
    'Groups are enrolled by tag after the deployment, so their names are not known; the statement holds only for ' +
      `groups that carry the tag ${MODE_TAG}.`,
  );
}

/** Allows reading CloudWatch metrics. These actions have no resource-level permissions. */
export function allowMetricReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      resources: ['*'],
    }),
  );
}
