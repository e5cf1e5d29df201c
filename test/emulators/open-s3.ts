import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { listen } from './listen.ts';
import { LOOPBACK_CREDENTIALS } from './loopback-credentials.ts';
import { readBody } from './read-body.ts';

export interface EmulatedS3 {
  readonly client: S3Client;
  /** Objects by "/bucket/key". Tests may change them behind the store's back. */
  readonly objects: Map<string, StoredObject>;
  /** Requests so far, for example "PUT /bucket/key". */
  readonly requests: string[];
}

export interface StoredObject {
  bytes: Buffer;
  readonly sha256: string | null;
}

/** Statuses to answer with, once each, before anything else. */
export type FaultQueue = { status: number; code: string }[];

/**
 * PUT, GET and HEAD of objects as S3 answers them, path-style, in the memory of this process:
 * conditional writes, SHA-256 checked on arrival and told on HEAD. No versions, no signatures.
 */
export function openS3(faults: FaultQueue = []): () => EmulatedS3 {
  const objects = new Map<string, StoredObject>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${pathOf(request)}`);
    const fault = faults.shift();
    if (fault) return fail(response, fault.status, fault.code);
    return void answer(objects, request, response);
  });
  let client: S3Client;
  beforeAll(async () => {
    const endpoint = await listen(server);
    client = new S3Client({
      ...LOOPBACK_CREDENTIALS,
      endpoint,
      forcePathStyle: true,
      maxAttempts: 1,
    });
  });
  afterAll(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return () => ({ client, objects, requests });
}

function pathOf(request: IncomingMessage): string {
  return decodeURIComponent(new URL(request.url ?? '/', 'http://loopback').pathname);
}

async function answer(
  objects: Map<string, StoredObject>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const found = objects.get(path);
  if (request.method === 'PUT') return put(objects, request, response);
  if (!found) return fail(response, 404, 'NoSuchKey');
  response.setHeader('content-length', found.bytes.length);
  if (found.sha256 && request.headers['x-amz-checksum-mode'] === 'ENABLED') {
    response.setHeader('x-amz-checksum-sha256', found.sha256);
  }
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
}

async function put(
  objects: Map<string, StoredObject>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await readBody(request);
  const path = pathOf(request);
  if (request.headers['if-none-match'] === '*' && objects.has(path)) {
    return fail(response, 412, 'PreconditionFailed');
  }
  const claimed = request.headers['x-amz-checksum-sha256'];
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  if (claimed !== undefined && claimed !== sha256) return fail(response, 400, 'BadDigest');
  objects.set(path, { bytes, sha256: claimed === undefined ? null : sha256 });
  response.end();
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}
