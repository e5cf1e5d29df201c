import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { LAUNCH_EVENT } from '#test/functions/events/example-events.ts';
import { openBundles } from './invoke-bundle.ts';
import { hasMoto, openMoto } from './open-moto.ts';

const REGION = 'us-east-1';
const STEP = 300;
const DAYS = 4;
const now = Math.floor(Date.now() / 1000 / STEP) * STEP;
const time = new Date(now * 1000).toISOString();
const tick = { 'detail-type': 'Scheduled Event', time };

/** A CPU that is busiest now and idlest in twelve hours, in percent of two instances. */
const percentAt = (seconds: number) => 55 + 40 * Math.cos(((seconds - now) / 86_400) * 2 * Math.PI);

function clientsOf(endpoint: string) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const options = { region: REGION, endpoint, credentials };
  return {
    scaling: new AutoScalingClient(options),
    cloudwatch: new CloudWatchClient(options),
    dynamodb: new DynamoDBClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sns: new SNSClient(options),
    ssm: new SSMClient(options),
  };
}

type Clients = ReturnType<typeof clientsOf>;

async function createTable({ dynamodb }: Clients, table: string, keys: readonly string[]) {
  const attributes = keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
  const schema = keys.map((AttributeName, k) => ({
    AttributeName,
    KeyType: k === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes,
      KeySchema: schema,
    }),
  );
}

async function createGroup({ scaling }: Clients, name: string, mode: string): Promise<void> {
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchConfigurationName: 'small',
      MinSize: 1,
      MaxSize: 9,
      DesiredCapacity: 2,
      AvailabilityZones: [`${REGION}a`],
      Tags: [
        {
          ResourceId: name,
          ResourceType: 'auto-scaling-group',
          Key: 'foreprint:mode',
          Value: mode,
        },
      ],
    }),
  );
}

async function publish(
  { cloudwatch }: Clients,
  metric: { readonly namespace: string; readonly name: string; readonly group: string },
  valueAt: (seconds: number) => number,
): Promise<void> {
  const Dimensions = [{ Name: 'AutoScalingGroupName', Value: metric.group }];
  const data = Array.from({ length: (DAYS * 86_400) / STEP }, (_, k) => {
    const seconds = now - (k + 1) * STEP;
    const Timestamp = new Date(seconds * 1000);
    return { MetricName: metric.name, Dimensions, Timestamp, Value: valueAt(seconds) };
  });
  for (let at = 0; at < data.length; at += 500) {
    const MetricData = data.slice(at, at + 500);
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: metric.namespace, MetricData }));
  }
}

async function deploy(clients: Clients, endpoint: string) {
  const { scaling, s3, sns, ssm } = clients;
  await createTable(clients, 'history', ['pk', 'sk']);
  await createTable(clients, 'state', ['pk', 'sk']);
  await createTable(clients, 'handled', ['id']);
  await s3.send(new CreateBucketCommand({ Bucket: 'models' }));
  await ssm.send(new PutParameterCommand({ Name: 'switch', Value: 'run', Type: 'String' }));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'foreprint' }));
  await scaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'small',
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.large',
    }),
  );
  return openBundles({
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_ENDPOINT_URL: endpoint,
    FOREPRINT_HISTORY_STORE: 'dynamodb',
    FOREPRINT_HISTORY: 'history',
    FOREPRINT_TABLE: 'state',
    FOREPRINT_IDEMPOTENCY_TABLE: 'handled',
    FOREPRINT_MODELS_BUCKET: 'models',
    FOREPRINT_SWITCH: 'switch',
    FOREPRINT_TOPIC_ARN: TopicArn,
  });
}

describe.skipIf(!hasMoto)(
  'the bundled functions against moto (skipped without MOTO_SERVER)',
  () => {
    const moto = openMoto();

    test('ingest, train, recluster, monitor, allocate, complete a hook and stop', async () => {
      const { endpoint, completed } = moto();
      const clients = clientsOf(endpoint);
      const invoke = await deploy(clients, endpoint);
      for (const [group, mode] of [
        ['shop', 'floor'],
        ['blog', 'observe'],
      ] as const) {
        await createGroup(clients, group, mode);
        await publish(clients, { namespace: 'AWS/EC2', name: 'CPUUtilization', group }, percentAt);
        const instances = { namespace: 'AWS/AutoScaling', name: 'GroupInServiceInstances', group };
        await publish(clients, instances, () => 2);
      }
      const minimums = async () => {
        const answer = await clients.scaling.send(new DescribeAutoScalingGroupsCommand({}));
        return Object.fromEntries(
          (answer.AutoScalingGroups ?? []).map((g) => [g.AutoScalingGroupName, g.MinSize]),
        );
      };

      const points = (2 * DAYS * 86_400) / STEP;
      expect(await invoke(/Ingest/, tick)).toEqual({ groups: 2, points, failures: 0 });
      expect(await invoke(/TrainingPlan/, { run: 'run-1' })).toMatchObject({ applications: 2 });
      for (const applicationId of ['shop', 'blog']) {
        const trained = await invoke(/TrainingTrain/, { applicationId, startedAt: time });
        expect(trained).toMatchObject({ trained: { cpu: { model: expect.any(String) } } });
      }
      expect(await invoke(/Recluster/, { startedAt: time })).toMatchObject({ failed: 0 });
      expect(await invoke(/Monitor/, tick)).toEqual({ groups: 2, failed: 0, opened: 0 });

      expect(await invoke(/Allocate/, tick)).toEqual({ groups: 2, failed: 0 });
      // 95 % of two instances is the forecast; more than one is needed, and only where the mode allows it.
      expect(await minimums()).toEqual({ shop: 2, blog: 1 });

      const launch = { ...LAUNCH_EVENT, time: new Date().toISOString() };
      expect(await invoke(/Allocate/, launch)).toEqual({ outcome: 'decided' });
      expect(await invoke(/Allocate/, launch)).toEqual({ outcome: 'repeated' });
      expect(completed.map((form) => form.get('LifecycleActionResult'))).toEqual([
        'CONTINUE',
        'CONTINUE',
      ]);
      expect(completed[0]?.get('LifecycleActionToken')).toBe(
        LAUNCH_EVENT.detail.LifecycleActionToken,
      );

      const Overwrite = true;
      await clients.ssm.send(new PutParameterCommand({ Name: 'switch', Value: 'stop', Overwrite }));
      expect(await invoke(/Allocate/, tick)).toMatchObject({ stopped: true });
      expect(await minimums()).toEqual({ shop: 1, blog: 1 });
    });
  },
);
