import { signedPost, type SignedEndpoint } from '#adapters/aws/signed-post.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import { parseInstanceTypes } from './parse-instance-types.ts';

/** EC2 did not describe an instance type. */
export class InstanceTypeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InstanceTypeError';
  }
}

const API_VERSION = '2016-11-15';

/**
 * Capacity of instances by type, from EC2 DescribeInstanceTypes. Uses one signed request instead of
 * the EC2 client, whose schemas are large.
 * @param types at most 100.
 * @throws InstanceTypeError if EC2 cannot be reached or rejects the request.
 */
export async function describeInstanceTypes(
  ec2: SignedEndpoint,
  types: readonly string[],
): Promise<ReadonlyMap<string, Footprint>> {
  const body = new URLSearchParams({ Action: 'DescribeInstanceTypes', Version: API_VERSION });
  types.forEach((type, k) => body.set(`InstanceType.${k + 1}`, type));
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  try {
    const request = { service: 'ec2', headers, body: body.toString() };
    const { ok, status, text } = await signedPost(ec2, request);
    if (ok) return parseInstanceTypes(text);
    throw new Error(`EC2 answered ${status}: ${/<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? ''}`);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new InstanceTypeError(`instance types ${types.join(', ')}: ${problem}`, { cause });
  }
}
