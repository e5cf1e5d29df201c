import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FLOOR_TAG, MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { explainWildcard } from './explain.ts';
import type { ForeprintFunction } from './foreprint-function.ts';

/** What some functions read of ECS services besides the services themselves. */
export type ServiceDetail = 'policies' | 'schedules' | 'tasks';

const DETAIL_ACTIONS: Readonly<Record<ServiceDetail, string>> = {
  policies: 'application-autoscaling:DescribeScalingPolicies',
  schedules: 'application-autoscaling:DescribeScheduledActions',
  tasks: 'ecs:DescribeTaskDefinition',
};

const SERVICES = ['ecs', 'service/*'] as const;
const TARGETS = ['application-autoscaling', 'scalable-target/*'] as const;

/** Services are enrolled after the deployment, so their names are not known. */
function arnOf(target: ForeprintFunction, [service, name]: typeof SERVICES | typeof TARGETS) {
  const { partition, region, account } = Stack.of(target);
  return `arn:${partition}:${service}:${region}:${account}:${name}`;
}

/**
 * Allows reading services with their scalable targets, and what is told. Most of these actions have
 * no resource-level permissions.
 */
export function allowServiceReading(
  target: ForeprintFunction,
  details: readonly ServiceDetail[] = [],
): void {
  target.allow(
    new PolicyStatement({
      actions: [
        'application-autoscaling:DescribeScalableTargets',
        ...details.map((detail) => DETAIL_ACTIONS[detail]),
      ],
      resources: ['*'],
    }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['ecs:DescribeServices'],
      resources: [arnOf(target, SERVICES)],
    }),
  );
  explainServices(target, SERVICES, 'Services are enrolled by tag after the deployment.');
}

const TAGGED = { Null: { [`aws:ResourceTag/${MODE_TAG}`]: 'false' } };
/** Of the tags only the one that shows the owner's minimum. */
const FLOOR_TAG_ONLY = {
  'ForAllValues:StringEquals': { 'aws:TagKeys': [FLOOR_TAG] },
};

/** Allows changing services that have the enrolment tag, and the limits of scalable targets. */
export function allowServiceScaling(target: ForeprintFunction): void {
  allowLimits(target);
  const resources = [arnOf(target, SERVICES)];
  target.allow(
    new PolicyStatement({ actions: ['ecs:UpdateService'], resources, conditions: TAGGED }),
  );
  target.allow(
    new PolicyStatement({
      actions: ['ecs:TagResource', 'ecs:UntagResource'],
      resources,
      conditions: { ...TAGGED, ...FLOOR_TAG_ONLY },
    }),
  );
}

/**
 * Allows what gives a service back, whatever its tags. Application Auto Scaling asks who changes a
 * scalable target for the permission to update the service.
 */
export function allowServiceGivingBack(target: ForeprintFunction): void {
  allowLimits(target);
  const resources = [arnOf(target, SERVICES)];
  target.allow(new PolicyStatement({ actions: ['ecs:UpdateService'], resources }));
  target.allow(
    new PolicyStatement({
      actions: ['ecs:UntagResource'],
      resources,
      conditions: FLOOR_TAG_ONLY,
    }),
  );
}

/** A scalable target has no tag of ours, but it says what it scales. */
function allowLimits(target: ForeprintFunction): void {
  target.allow(
    new PolicyStatement({
      actions: ['application-autoscaling:RegisterScalableTarget'],
      resources: [arnOf(target, TARGETS)],
      conditions: {
        StringEquals: {
          'application-autoscaling:service-namespace': 'ecs',
          'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
        },
      },
    }),
  );
  explainServices(target, TARGETS, 'Scalable targets have generated names; only those of ECS.');
}

function explainServices(
  target: ForeprintFunction,
  [service, name]: typeof SERVICES | typeof TARGETS,
  reason: string,
): void {
  explainWildcard(
    target,
    `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${name}`,
    reason,
  );
}
