import { createHash } from 'node:crypto';
import {
  NoSuchKey,
  type GetObjectCommandInput,
  type HeadObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import type { PutParameterCommandInput } from '@aws-sdk/client-ssm';
import type { Answers } from './answer-sdk.ts';

/** What the stores of an account in a box hold. */
export interface BoxStores {
  /** Value of the kill switch. */
  position: string;
  readonly objects: Map<string, Uint8Array>;
  readonly published: PublishCommandInput[];
  /** Messages of queues that nobody has taken. */
  readonly queued: string[];
}

export const createBoxStores = (): BoxStores => ({
  position: 'run',
  objects: new Map(),
  published: [],
  queued: [],
});

export function answerS3({ objects }: BoxStores): Answers {
  return {
    PutObjectCommand: ({ Key = '', Body }: PutObjectCommandInput) => {
      objects.set(Key, typeof Body === 'string' ? Buffer.from(Body) : (Body as Uint8Array));
    },
    GetObjectCommand: ({ Key = '' }: GetObjectCommandInput) => {
      const bytes = objects.get(Key);
      if (!bytes) throw new NoSuchKey({ message: Key, $metadata: {} });
      return {
        Body: {
          transformToByteArray: async () => bytes,
          transformToString: async () => new TextDecoder().decode(bytes),
        },
      };
    },
    HeadObjectCommand: ({ Key = '' }: HeadObjectCommandInput) => {
      const bytes = objects.get(Key) ?? new Uint8Array();
      return { ChecksumSHA256: createHash('sha256').update(bytes).digest('base64') };
    },
  };
}

export function answerSsm(stores: BoxStores): Answers {
  return {
    GetParameterCommand: () => ({ Parameter: { Value: stores.position } }),
    PutParameterCommand: ({ Value = '' }: PutParameterCommandInput) => {
      stores.position = Value;
    },
  };
}

export function answerSns({ published }: BoxStores): Answers {
  return { PublishCommand: (input: PublishCommandInput) => void published.push(input) };
}

export function answerSqs({ queued }: BoxStores): Answers {
  return {
    SendMessageCommand: ({ MessageBody = '' }: SendMessageCommandInput) =>
      void queued.push(MessageBody),
  };
}

/** Every secret is the address of a Slack webhook. */
export function answerSecrets(): Answers {
  return { GetSecretValueCommand: () => ({ SecretString: 'https://hooks.slack.test/T0/B0/x' }) };
}
