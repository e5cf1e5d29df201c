import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { EmulatedAccount } from './emulated-account.ts';
import { resolveText, type PhysicalNames } from './resolve-intrinsics.ts';
import type { Assembly, TemplateResource } from './synthesise-assets.ts';

type Maker = (
  clients: EmulatedAccount['clients'],
  logicalName: string,
  properties: NonNullable<TemplateResource['Properties']>,
  names: PhysicalNames,
) => Promise<string>;

/**
 * What CloudFormation would make, of the kinds that functions are told the names of; the name each
 * gets.
 */
const MAKERS: Readonly<Record<string, Maker>> = {
  'AWS::DynamoDB::Table': async ({ dynamodb }, TableName, properties) => {
    const { AttributeDefinitions, KeySchema, BillingMode } = properties as Pick<
      CreateTableCommandInput,
      'AttributeDefinitions' | 'KeySchema' | 'BillingMode'
    >;
    await dynamodb.send(
      new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, BillingMode }),
    );
    for (;;) {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      if (Table?.TableStatus === 'ACTIVE') return TableName;
      await sleep(2);
    }
  },
  'AWS::S3::Bucket': async ({ s3 }, logicalName) => {
    const Bucket = logicalName.toLowerCase();
    await s3.send(new CreateBucketCommand({ Bucket }));
    return Bucket;
  },
  'AWS::SNS::Topic': async ({ sns }, Name) => {
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }));
    return TopicArn;
  },
  'AWS::SQS::Queue': async ({ sqs }, QueueName) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return QueueUrl;
  },
  // The emulator makes a database and a table when it first hears of them.
  'AWS::Timestream::Database': (_, logicalName) => Promise.resolve(logicalName),
  'AWS::Timestream::Table': (_, logicalName) => Promise.resolve(logicalName),
  // Last, because one holds the names of the others.
  'AWS::SSM::Parameter': async ({ ssm }, logicalName, properties, names) => {
    const Name = String(properties['Name'] ?? logicalName);
    const Value = resolveText(properties['Value'], names);
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }));
    return Name;
  },
};

/** Makes the template's tables, bucket, parameter and topic in the account. */
export async function makeResources(
  { resources }: Assembly,
  { clients }: EmulatedAccount,
): Promise<PhysicalNames> {
  const names = new Map<string, string>();
  const all = Object.entries(resources);
  for (const [kind, make] of Object.entries(MAKERS)) {
    for (const [logicalName, { Properties = {} }] of all.filter(([, { Type }]) => Type === kind)) {
      names.set(logicalName, await make(clients, logicalName, Properties, names));
    }
  }
  return names;
}
