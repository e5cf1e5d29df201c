import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import { contentHash } from '#adapters/encoding/content-hash.ts';
import type { ModelStore } from '#core/domain/ports.ts';
import { ModelFileError } from './model-file-error.ts';

export interface S3ModelOptions {
  readonly client: S3Client;
  /** Must be versioned, so that an overwritten object can be detected and restored. */
  readonly bucket: string;
  /** Prefix of the keys, for example "models/"; empty by default. */
  readonly prefix?: string;
}

const HASH = /^[0-9a-f]{64}$/;

/** HTTP status of S3 if the object already exists or is being written right now. */
const ALREADY_THERE: ReadonlySet<number> = new Set([409, 412]);

/**
 * Model files in S3 under PREFIX/HASH.onnx. Storing a new file takes one call, an existing one two:
 * the write is conditional on the key being absent, then the SHA-256 that S3 stores for the object
 * is compared. S3 verifies the hash on arrival, and `get` verifies it again before anyone loads the
 * file.
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
        if (!isNew && !(await hasHash(client, object))) {
          await putObject(client, { ...object, bytes });
        }
      } catch (cause) {
        throw new ModelFileError('failed', `${file} could not be stored: ${errorText(cause)}`, {
          cause,
        });
      }
      return { sha256, file };
    },

    async get(sha256) {
      if (!HASH.test(sha256)) throw new RangeError(`not a SHA-256 in hex: ${sha256}`);
      const key = keyOf(sha256);
      const bytes = await readObject(client, bucket, key);
      const actualHash = contentHash(bytes);
      if (actualHash === sha256) return bytes;
      throw new ModelFileError(
        'altered',
        `s3://${bucket}/${key} was altered: its hash is ${actualHash}`,
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

/** Returns false if an object with this key already exists. */
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

/**
 * True if the stored object has the hash; false if it is missing, differs, or has no stored
 * SHA-256.
 */
async function hasHash(client: S3Client, { bucket, key, sha256 }: ModelObject): Promise<boolean> {
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
    throw new ModelFileError('failed', `${file} could not be read: ${errorText(cause)}`, { cause });
  }
}

function base64Hash(sha256: string): string {
  return Buffer.from(sha256, 'hex').toString('base64');
}

function errorText(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
