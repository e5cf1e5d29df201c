import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
} from 'aws-cdk-lib/aws-ecs';
import { expect, test } from 'vitest';
import { Foreprint } from '#cdk/foreprint.ts';
import { temporaryApp } from './synthesise.ts';

function managedGroup(options?: Parameters<Foreprint['manage']>[1]): Template {
  const stack = new Stack(temporaryApp(), 'Shop');
  const foreprint = new Foreprint(stack, 'Foreprint', { mode: 'scale-out' });
  const group = new AutoScalingGroup(stack, 'Web', {
    // Class and interface differ in an optional property under exactOptionalPropertyTypes.
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }) as IVpc,
    instanceType: new InstanceType('m7i.large'),
    machineImage: MachineImage.latestAmazonLinux2023(),
  });
  foreprint.manage(group, options);
  return Template.fromStack(stack);
}

const tag = (Key: string, Value: string) => ({ Key, Value, PropagateAtLaunch: false });

test('manage() tags a group of a user’s app and adds both hooks', () => {
  const template = managedGroup({
    type: 'web',
    metrics: ['cpu', 'network'],
    detailedMonitoring: true,
  });
  const [group] = Object.values(template.findResources('AWS::AutoScaling::AutoScalingGroup'));
  expect(group?.['Properties'].Tags).toEqual(
    expect.arrayContaining([
      tag('foreprint:mode', 'scale-out'),
      tag('foreprint:type', 'web'),
      tag('foreprint:metrics', 'cpu network'),
      tag('foreprint:monitoring', '60'),
    ]),
  );
  for (const [name, transition] of [
    ['foreprint-launching', 'autoscaling:EC2_INSTANCE_LAUNCHING'],
    ['foreprint-terminating', 'autoscaling:EC2_INSTANCE_TERMINATING'],
  ] as const) {
    template.hasResourceProperties('AWS::AutoScaling::LifecycleHook', {
      LifecycleHookName: name,
      LifecycleTransition: transition,
      DefaultResult: 'CONTINUE',
      HeartbeatTimeout: 300,
    });
  }
});

test('in an app without our feature flags, results of training runs still go to the bucket', () => {
  const app = temporaryApp({
    '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': false,
  });
  const stack = new Stack(app, 'Plain');
  new Foreprint(stack, 'Foreprint');
  const [machine] = Object.values(
    Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'),
  );
  const definition = JSON.stringify(machine?.['Properties'].DefinitionString);
  expect(definition).toMatch(/ResultWriter.*runs\/results/);
  expect(definition).toContain('ToleratedFailurePercentage');
});

test('a group’s mode overrides the deployment’s', () => {
  const [group] = Object.values(
    managedGroup({ mode: 'observe' }).findResources('AWS::AutoScaling::AutoScalingGroup'),
  );
  expect(group?.['Properties'].Tags).toContainEqual(tag('foreprint:mode', 'observe'));
});

test('manage() tags a service of a user’s app, and nothing else of it', () => {
  const stack = new Stack(temporaryApp(), 'Shop');
  const foreprint = new Foreprint(stack, 'Foreprint', { mode: 'scale-out' });
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 }) as IVpc;
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: ContainerImage.fromRegistry('web') });
  const cluster = new Cluster(stack, 'Cluster', { vpc }) as ICluster;
  const service = new FargateService(stack, 'Web', { cluster, taskDefinition });
  service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 9 });
  foreprint.manage(service, { type: 'web' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ECS::Service', {
    Tags: [
      { Key: 'foreprint:mode', Value: 'scale-out' },
      { Key: 'foreprint:type', Value: 'web' },
    ],
  });
  const tagged = Object.values(template.toJSON()['Resources'] as Record<string, object>).filter(
    (resource) => JSON.stringify(resource).includes('"foreprint:type"'),
  );
  expect(tagged).toHaveLength(1);
});
