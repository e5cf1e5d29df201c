import { createHash, createHmac } from 'node:crypto';
import { partition } from '@aws-sdk/core/client';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

/** Address and credentials of a service. */
export interface SignedEndpoint {
  readonly region: string;
  readonly credentials: SignatureV4Init['credentials'];
  /** Address of an emulator; the service's regional endpoint if undefined. */
  readonly endpoint: string | undefined;
}

const TIMEOUT_MS = 5_000;

/** SHA-256 and HMAC-SHA-256 with the interface that the signer expects. */
export class Sha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  return new Uint8Array(data);
}

/**
 * Sends one signed request without the service's SDK client: the clients' schemas make functions
 * large and their cold start slow.
 * @param request to a service whose host name equals its signing name, for example "ec2" or
 * "monitoring".
 * @returns status and text of the response.
 * @throws whatever `fetch` throws, including a timeout after five seconds.
 */
export async function signedPost(
  { region, credentials, endpoint }: SignedEndpoint,
  {
    service,
    ...request
  }: {
    readonly service: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
): Promise<{ readonly ok: boolean; readonly status: number; readonly text: string }> {
  const url = new URL(endpoint ?? serviceUrl(service, region));
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: { host: url.host, ...request.headers },
    body: request.body,
  });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', headers, body: request.body, signal });
  return { ok: response.ok, status: response.status, text: await response.text() };
}

/** Address of a service in a region; China's and the isolated partitions end otherwise. */
export function serviceUrl(service: string, region: string): string {
  return `https://${service}.${region}.${partition(region).dnsSuffix}`;
}
