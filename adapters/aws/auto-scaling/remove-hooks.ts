import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { deleteHook, describeHooks } from './lifecycle-hooks.ts';
import { releaseWaiting } from './release-waiting.ts';

/**
 * Removes those of the named hooks that a group has. Instances that wait in them go on.
 * @throws ScalingError
 */
export async function removeHooks(
  client: AutoScalingClient,
  group: string,
  names: readonly string[],
): Promise<void> {
  const present = await describeHooks(client, group);
  for (const { name } of present.filter((hook) => names.includes(hook.name))) {
    await releaseWaiting(client, group, name);
    await deleteHook(client, group, name);
  }
}
