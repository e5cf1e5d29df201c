import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { traced } from './instruments.ts';

const s3 = traced(new S3Client(CALL_LIMITS));
const Bucket = required(environment, 'FOREPRINT_MODELS_BUCKET');

/**
 * Writes a file of a training run as JSON. Long lists do not fit into a state's input, which is
 * limited to 256 kB.
 */
export async function writeRunFile(Key: string, content: unknown): Promise<void> {
  const Body = JSON.stringify(content);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
}

/** Text of a training run's file, null if it does not exist. */
export async function readRunFile(Key: string): Promise<string | null> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? null;
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
