import { createHash, createHmac } from 'node:crypto';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';
import type { Footprint } from '#core/footprint.ts';
import { parseInstanceTypes } from './parse-instance-types.ts';

export interface Ec2Endpoint {
  readonly region: string;
  readonly credentials: SignatureV4Init['credentials'];
  /** Address of an emulator; EC2's own in the region unless told. */
  readonly endpoint: string | undefined;
}

/** EC2 did not say what an instance type is. */
export class InstanceTypeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InstanceTypeError';
  }
}

const API_VERSION = '2016-11-15';
const TIMEOUT_MS = 5_000;

/** SHA-256 and its keyed form as the signer wants them. */
class Sha256 {
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
  if (ArrayBuffer.isView(data))
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

/**
 * What instances of these types give. One signed request without EC2's client, whose schemas alone are 560 kB.
 * @param types at most 100.
 * @throws InstanceTypeError when EC2 cannot be reached or refuses.
 */
export async function describeInstanceTypes(
  { region, credentials, endpoint }: Ec2Endpoint,
  types: readonly string[],
): Promise<ReadonlyMap<string, Footprint>> {
  const url = new URL(endpoint ?? `https://ec2.${region}.amazonaws.com`);
  const body = new URLSearchParams({ Action: 'DescribeInstanceTypes', Version: API_VERSION });
  types.forEach((type, k) => body.set(`InstanceType.${k + 1}`, type));
  const signer = new SignatureV4({ service: 'ec2', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: body.toString(),
  });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, { method: 'POST', headers, body: body.toString(), signal });
    const text = await response.text();
    if (response.ok) return parseInstanceTypes(text);
    throw new Error(
      `EC2 answered ${response.status}: ${/<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? ''}`,
    );
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new InstanceTypeError(`instance types ${types.join(', ')}: ${problem}`, { cause });
  }
}
