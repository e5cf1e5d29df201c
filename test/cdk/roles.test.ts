import { describe, expect, test } from 'vitest';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { FLOOR_TAG as MINIMUM_TAG } from '#cdk/configuration/group-tags.ts';
import { asList, statementsIn, statementsOf } from './statements.ts';
import { FULL, ofType, synthesise } from './synthesise.ts';

/**
 * The only actions that may be granted on every resource: the services know no resources for them.
 */
const WITHOUT_RESOURCES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeLifecycleHooks',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:DescribeScheduledActions',
  'autoscaling:DescribeWarmPool',
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
  'ecs:DescribeTaskDefinition',
  'ec2:DescribeInstanceTypes',
  'cloudwatch:GetMetricData',
  'cloudwatch:GetMetricWidgetImage',
  'timestream:DescribeEndpoints',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

const isTagged = (condition: unknown): boolean =>
  JSON.stringify(condition ?? null).includes('autoscaling:ResourceTag/foreprint:mode');

describe.each(['dynamodb', 'timestream'] as const)('the roles with %s', (historyStore) => {
  const { resources } = synthesise({ ...FULL, historyStore });
  /** Statements that change groups, of the roles whose logical name fits. */
  const writes = (role: RegExp) =>
    ofType(resources, 'AWS::IAM::Policy')
      .filter(([name]) => role.test(name))
      .flatMap(([, policy]) => statementsIn(policy))
      .filter(({ Action }) => asList(Action).some((one) => /^autoscaling:(?!Describe)/.test(one)));

  test('grants on all resources only actions without resource-level permissions', () => {
    const everywhere = statementsOf(resources)
      .filter(({ Resource }) => asList(Resource).includes('*'))
      .flatMap(({ Action }) => asList(Action));
    expect(everywhere.filter((action) => !WITHOUT_RESOURCES.includes(action))).toEqual([]);
  });

  test('writes only to groups with the enrolment tag', () => {
    const untagged = writes(/Allocation/).filter(({ Condition }) => !isTagged(Condition));
    expect(untagged.flatMap(({ Action }) => asList(Action))).toEqual([
      'autoscaling:CompleteLifecycleAction',
    ]);
  });

  test('lets an instance go on although its group lost the tag', () => {
    const everywhere = writes(/Allocation/).filter(({ Condition }) => Condition === undefined);
    expect(everywhere.flatMap(({ Action }) => asList(Action))).toEqual([
      'autoscaling:CompleteLifecycleAction',
    ]);
  });

  test('may change nothing of a group but its minimum and desired capacity, and no other tag', () => {
    for (const { Action, Condition } of writes(/./)) {
      const condition = Condition as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      for (const action of asList(Action)) {
        if (action === 'autoscaling:UpdateAutoScalingGroup') {
          expect(condition['Null']).toMatchObject({ 'autoscaling:MaxSize': 'true' });
        }
        if (/Tags$/.test(action)) {
          expect(condition['ForAllValues:StringEquals']).toEqual({
            'aws:TagKeys': [MINIMUM_TAG],
          });
        }
      }
    }
    expect(FLOOR_TAG).toBe(MINIMUM_TAG);
  });

  test('changes only tagged services, no other tag of them, and scalable targets of ECS alone', () => {
    const ofServices = ofType(resources, 'AWS::IAM::Policy').flatMap(([name, policy]) =>
      statementsIn(policy).map((statement) => ({ name, ...statement })),
    );
    for (const { name, Action, Condition } of ofServices) {
      const condition = JSON.stringify(Condition ?? null);
      for (const action of asList(Action)) {
        if (/^ecs:(?!Describe)/.test(action) && /Allocation/.test(name)) {
          expect(condition).toContain('"aws:ResourceTag/foreprint:mode":"false"');
        }
        if (/^ecs:(Tag|Untag)Resource$/.test(action)) {
          expect(condition).toContain(`"aws:TagKeys":["${MINIMUM_TAG}"]`);
        }
        if (action === 'application-autoscaling:RegisterScalableTarget') {
          expect(condition).toContain(':"ecs:service:DesiredCount"');
        }
      }
    }
    const changing = ofServices.filter(({ Action }) =>
      asList(Action).some((one) => /^(ecs|application-autoscaling):(?!Describe)/.test(one)),
    );
    const roles = new Set(changing.map(({ name }) => /Allocation|GiveBack/.exec(name)?.[0]));
    expect([...roles].sort()).toEqual(['Allocation', 'GiveBack']);
  });

  test('gives functions that only read nothing to write with', () => {
    for (const name of [/NotificationNotify/, /TrainingPlan/]) {
      const [, policy] = ofType(resources, 'AWS::IAM::Policy').find(([id]) => name.test(id))!;
      const actions = statementsIn(policy).flatMap(({ Action }) => asList(Action));
      const writing = actions.filter((action) =>
        /^(dynamodb|timestream):(Put|Update|Delete|BatchWrite|Write)/.test(action),
      );
      expect(writing).toEqual([]);
    }
  });
});
