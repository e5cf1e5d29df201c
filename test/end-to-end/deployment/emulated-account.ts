import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { PublishedMetric } from '#test/emulators/metrics/emulate-cloudwatch.ts';
import { serveCloudwatch } from '#test/emulators/metrics/serve-cloudwatch.ts';
import { serveDynamodb, type ServedDynamodb } from '#test/emulators/serve-dynamodb.ts';
import { serveMoto, type ServedMoto } from '#test/emulators/serve-moto.ts';
import {
  serveTimestream,
  type TimestreamState,
} from '#test/emulators/timestream/serve-timestream.ts';

export const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

/** One account and region of AWS as far as it can be had on a laptop. */
export interface EmulatedAccount {
  readonly moto: ServedMoto;
  readonly dynamodb: ServedDynamodb;
  readonly timestream: TimestreamState;
  readonly clients: ReturnType<typeof clientsOf>;
  /**
   * What points the SDK of any process at the emulators; the names of the variables are the SDK's
   * own.
   */
  readonly variables: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * Starts every emulator: moto (Auto Scaling, EC2, S3, SNS, SQS, Parameter Store, Secrets Manager),
 * dynalite, and servers of our own for CloudWatch's GetMetricData and for Timestream.
 */
export async function openAccount(published: PublishedMetric): Promise<EmulatedAccount> {
  const timestream: TimestreamState = {
    calls: [],
    faults: [],
    oldestSeconds: -Infinity,
    pageRows: 1000,
  };
  const moto = await serveMoto();
  const dynamodb = await serveDynamodb();
  const cloudwatch = await serveCloudwatch(published);
  const tables = await serveTimestream(timestream);
  const clients = clientsOf(moto.endpoint, dynamodb.endpoint);
  return {
    moto,
    dynamodb,
    timestream,
    clients,
    variables: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH: cloudwatch.endpoint,
      AWS_ENDPOINT_URL_TIMESTREAM_WRITE: tables.endpoint,
      AWS_ENDPOINT_URL_TIMESTREAM_QUERY: tables.endpoint,
    },
    close() {
      for (const client of Object.values(clients)) client.destroy();
      for (const server of [moto, dynamodb, cloudwatch, tables]) server.close();
    },
  };
}

function clientsOf(moto: string, dynamodb: string) {
  const options = { region: REGION, endpoint: moto, credentials: CREDENTIALS };
  return {
    scaling: new AutoScalingClient(options),
    dynamodb: new DynamoDBClient({ ...options, endpoint: dynamodb }),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    secrets: new SecretsManagerClient(options),
  };
}
