import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ModelStore } from '#core/domain/ports.ts';
import { contentHash } from '#adapters/encoding/content-hash.ts';
import { ModelFileError } from './model-file-error.ts';

export interface S3ModelOptions {
  readonly client: S3Client;
  /** Versioned, so that an object put in place of another can be told and undone. */
  readonly bucket: string;
  /** What the keys begin with, for example "models/"; nothing unless told. */
  readonly prefix?: string;
}

const HASH = /^[0-9a-f]{64}$/;

/** What S3 answers when the object is there already, or is being written at this moment. */
const ALREADY_THERE: ReadonlySet<number> = new Set([409, 412]);

/**
 * Model files in S3 under PREFIX/HASH.onnx. Storing a new file is one round trip, a known one two: the write is
 * refused where the key exists, and the SHA-256 that S3 keeps of the object is compared. S3 checks it on arrival, and
 * `get` computes it again before anybody loads the file.
 * @throws ModelFileError from its methods.
 */
export function createS3ModelStore(options: S3ModelOptions): ModelStore {
  const { client, bucket, prefix = '' } = options;
  const keyOf = (sha256: string) => `${prefix}${sha256}.onnx`;
  return {
    async put(bytes) {
      const sha256 = contentHash(bytes);
      const key = keyOf(sha256);
      const file = `s3://${bucket}/${key}`;
      try {
        const object = { bucket, key, sha256 };
        const isNew = await putIfAbsent(client, { ...object, bytes });
        if (!isNew && !(await holds(client, object))) await putObject(client, { ...object, bytes });
      } catch (cause) {
        throw new ModelFileError('failed', `${file} could not be stored: ${said(cause)}`, {
          cause,
        });
      }
      return { sha256, file };
    },

    async get(sha256) {
      if (!HASH.test(sha256)) throw new RangeError(`not a SHA-256 in hex: ${sha256}`);
      const key = keyOf(sha256);
      const bytes = await readObject(client, bucket, key);
      const found = contentHash(bytes);
      if (found === sha256) return bytes;
      throw new ModelFileError(
        'altered',
        `s3://${bucket}/${key} was altered: its hash is ${found}`,
      );
    },
  };
}

interface ModelObject {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
}

type ModelContent = ModelObject & { readonly bytes: Uint8Array };

async function putObject(
  client: S3Client,
  { bucket, key, sha256, bytes }: ModelContent,
  condition: { readonly IfNoneMatch?: string } = {},
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: 'application/octet-stream',
      ChecksumSHA256: base64Hash(sha256),
      ...condition,
    }),
  );
}

/** False if there is an object of this name already. */
async function putIfAbsent(client: S3Client, content: ModelContent): Promise<boolean> {
  try {
    await putObject(client, content, { IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (
      error instanceof S3ServiceException &&
      ALREADY_THERE.has(error.$metadata.httpStatusCode ?? 0)
    ) {
      return false;
    }
    throw error;
  }
}

/** True if the stored object has the hash; false where it is not there, differs, or S3 keeps no SHA-256 of it. */
async function holds(client: S3Client, { bucket, key, sha256 }: ModelObject): Promise<boolean> {
  try {
    const { ChecksumSHA256 } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
    );
    return ChecksumSHA256 === base64Hash(sha256);
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function readObject(client: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  const file = `s3://${bucket}/${key}`;
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new Error('an answer without content');
    return await Body.transformToByteArray();
  } catch (cause) {
    if (cause instanceof NoSuchKey) {
      throw new ModelFileError('missing', `model file ${file} does not exist`, { cause });
    }
    throw new ModelFileError('failed', `${file} could not be read: ${said(cause)}`, { cause });
  }
}

function base64Hash(sha256: string): string {
  return Buffer.from(sha256, 'hex').toString('base64');
}

function said(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
