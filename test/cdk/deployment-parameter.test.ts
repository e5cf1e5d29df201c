import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { deploymentSchema } from '#cdk/configuration/deployment.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';
import { enrolGroup } from '#cdk/constructs/enrol-group.ts';
import { ofType, synthesise, temporaryApp } from './synthesise.ts';

/** A template's text with every reference replaced by the logical name it refers to. */
function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const call = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (call.Ref !== undefined) return call.Ref;
  if (call['Fn::GetAtt'] !== undefined) return call['Fn::GetAtt'][0];
  const [separator, parts] = call['Fn::Join'] ?? ['', []];
  return parts.map(resolved).join(separator);
}

test.each(['dynamodb', 'timestream'] as const)(
  'a parameter tells the command line what is deployed, with %s',
  (historyStore) => {
    const { resources } = synthesise({ historyStore, mode: 'scale-out', groups: ['shop'] });
    const parameters = ofType(resources, 'AWS::SSM::Parameter').map(
      ([, found]) => found.Properties,
    );
    const found = parameters.find(({ Name }) => Name === '/foreprint/deployments/Foreprint');
    const record = deploymentSchema.parse(JSON.parse(resolved(found?.['Value'])));
    expect(record).toMatchObject({ mode: 'scale-out', groups: ['shop'], historyStore });
    expect(resources[record.table]?.Type).toBe('AWS::DynamoDB::Table');
    expect(resources[record.killSwitch]?.Type).toBe('AWS::SSM::Parameter');
    if (historyStore === 'dynamodb') {
      expect(resources[record.history]?.Type).toBe('AWS::DynamoDB::Table');
    } else {
      const types = record.history.split('/').map((name) => resources[name]?.Type);
      expect(types).toEqual(['AWS::Timestream::Database', 'AWS::Timestream::Table']);
    }
  },
);

test('manage() makes the same hooks as the command line', () => {
  const stack = new Stack(temporaryApp(), 'Shop');
  const group = new AutoScalingGroup(stack, 'Web', {
    // Class and interface differ in an optional property under exactOptionalPropertyTypes.
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }) as IVpc,
    instanceType: new InstanceType('m7i.large'),
    machineImage: MachineImage.latestAmazonLinux2023(),
  });
  // The former name: apps that use it go on.
  enrolGroup(group, { mode: 'floor' });
  const hooks = Object.values(
    Template.fromStack(stack).findResources('AWS::AutoScaling::LifecycleHook'),
  ).map(({ Properties: hook }) => ({
    name: hook.LifecycleHookName,
    transition: hook.LifecycleTransition,
    timeoutSeconds: hook.HeartbeatTimeout,
    defaultResult: hook.DefaultResult,
  }));
  expect(hooks).toEqual(LIFECYCLE_HOOKS);
});
