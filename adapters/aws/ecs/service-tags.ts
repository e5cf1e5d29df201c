import type { JsonCall } from '#adapters/aws/json-call.ts';

/**
 * Sets a tag of a service; its tasks do not get it.
 * @throws whatever `call` throws.
 */
export async function setServiceTag(
  call: JsonCall,
  arn: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<void> {
  await call('ecs', 'TagResource', { resourceArn: arn, tags: [{ key, value }] });
}

/**
 * Removes a tag of a service, whatever its value.
 * @throws whatever `call` throws.
 */
export async function removeServiceTag(call: JsonCall, arn: string, key: string): Promise<void> {
  await call('ecs', 'UntagResource', { resourceArn: arn, tagKeys: [key] });
}
