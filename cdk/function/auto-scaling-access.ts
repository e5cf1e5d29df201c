import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { explainWildcard } from './explain.ts';
import type { ForeprintFunction } from './foreprint-function.ts';

/** Reading groups and instance types: these actions know no resources. */
export function allowGroupReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLifecycleHooks',
        'autoscaling:DescribeTags',
        'ec2:DescribeInstanceTypes',
      ],
      resources: ['*'],
    }),
  );
}

/** Reading launches, and use and quota of on-demand instances: these actions know no resources. */
export function allowSupplyReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['autoscaling:DescribeScalingActivities', 'cloudwatch:GetMetricData'],
      resources: ['*'],
    }),
  );
}

/** Changing groups that carry the enrolment tag, and no others. */
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

/** Reading CloudWatch: these actions know no resources. */
export function allowMetricReading(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
      resources: ['*'],
    }),
  );
}
