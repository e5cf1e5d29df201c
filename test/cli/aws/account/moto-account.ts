import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from '@aws-sdk/client-auto-scaling';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { deploymentParameterName, type DeploymentRecord } from '#cdk/configuration/deployment.ts';

export const REGION = 'eu-west-1';

export const RECORD: DeploymentRecord = {
  mode: 'observe',
  groups: [],
  historyStore: 'dynamodb',
  history: 'history',
  table: 'state',
  killSwitch: 'switch',
};

/** The surroundings of a command that reaches an emulator. */
export function variablesOf(endpoint: string) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
}

/** What tests do to, and read of, an account that moto emulates. */
export function motoAccount(endpoint: string) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const configuration = { region: REGION, endpoint, credentials };
  const scaling = new AutoScalingClient(configuration);
  const ssm = new SSMClient(configuration);
  return {
    configuration,
    scaling,

    async deploy(stack: string, record: Partial<DeploymentRecord> = {}): Promise<void> {
      await ssm.send(
        new PutParameterCommand({
          Name: deploymentParameterName(stack),
          Value: JSON.stringify({ ...RECORD, ...record }),
          Type: 'String',
          Overwrite: true,
        }),
      );
    },

    async putParameter(Name: string, Value: string): Promise<void> {
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    },

    async createLaunchConfiguration(): Promise<void> {
      await scaling.send(
        new CreateLaunchConfigurationCommand({
          LaunchConfigurationName: 'small',
          ImageId: 'ami-12c6146b',
          InstanceType: 'm5.large',
        }),
      );
    },

    async createGroup(name: string): Promise<void> {
      await scaling.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          LaunchConfigurationName: 'small',
          MinSize: 1,
          MaxSize: 9,
          DesiredCapacity: 2,
          AvailabilityZones: [`${REGION}a`],
        }),
      );
    },

    async group(name: string) {
      const { AutoScalingGroups: [found] = [] } = await scaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
      );
      const { LifecycleHooks: hooks = [] } = await scaling.send(
        new DescribeLifecycleHooksCommand({ AutoScalingGroupName: name }),
      );
      return {
        minimum: found?.MinSize,
        tags: Object.fromEntries((found?.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        hooks: hooks
          .map((hook) => [
            hook.LifecycleHookName,
            hook.LifecycleTransition,
            hook.HeartbeatTimeout,
            hook.DefaultResult,
          ])
          .sort(),
      };
    },
  };
}
