import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { setFloor } from '#adapters/aws/auto-scaling/set-floor.ts';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
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

/** Creates the table of a deployment; a deployment made again keeps it. */
async function createTable(dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  await dynamodb
    .send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    )
    .catch((error: unknown) => {
      if (!(error instanceof ResourceInUseException)) throw error;
    });
}

/** What tests do to, and read of, an account that moto emulates. */
export function motoAccount(endpoint: string) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const configuration = { region: REGION, endpoint, credentials };
  const scaling = new AutoScalingClient(configuration);
  const ssm = new SSMClient(configuration);
  const dynamodb = new DynamoDBClient(configuration);
  const claimSource = {
    client: scaling,
    floors: createDynamodbFloorStore({ client: dynamodb, table: RECORD.table }),
    nowSeconds: () => Math.floor(Date.now() / 1000),
  };
  return {
    configuration,
    scaling,

    /** What a deployed stack raises a group's minimum with. */
    raise: (applicationId: string, instances: number) =>
      setFloor(claimSource, { applicationId, instances }),

    async deploy(stack: string, record: Partial<DeploymentRecord> = {}): Promise<void> {
      await createTable(dynamodb, record.table ?? RECORD.table);
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
