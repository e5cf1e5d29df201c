import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CALL_LIMITS } from './call-limits.ts';
import { environment } from '#functions/environment/environment.ts';
import { traced } from './instruments.ts';
import { required } from '#functions/environment/read-environment.ts';

const s3 = traced(new S3Client(CALL_LIMITS));
const Bucket = required(environment, 'FOREPRINT_MODELS_BUCKET');

/** Writes something of a training run as JSON; a state's input holds 256 kB, and ten thousand names do not fit. */
export async function writeRunFile(Key: string, content: unknown): Promise<void> {
  const Body = JSON.stringify(content);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
}

/** The text of something of a training run, null where there is nothing. */
export async function readRunFile(Key: string): Promise<string | null> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? null;
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
