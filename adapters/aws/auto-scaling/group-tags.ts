import {
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { toScalingError } from './scaling-error.ts';

/**
 * Sets a tag of a group without propagating it to the instances.
 * @throws ScalingError
 */
export async function setGroupTag(
  client: AutoScalingClient,
  group: string,
  { key, value }: { readonly key: string; readonly value: string },
): Promise<void> {
  const tag = { ...tagOf(group, key), Value: value, PropagateAtLaunch: false };
  await client.send(new CreateOrUpdateTagsCommand({ Tags: [tag] })).catch((cause: unknown) => {
    throw toScalingError(group, cause);
  });
}

/**
 * Removes a tag of a group, whatever its value.
 * @throws ScalingError
 */
export async function removeGroupTag(
  client: AutoScalingClient,
  group: string,
  key: string,
): Promise<void> {
  await client
    .send(new DeleteTagsCommand({ Tags: [tagOf(group, key)] }))
    .catch((cause: unknown) => {
      throw toScalingError(group, cause);
    });
}

function tagOf(group: string, key: string) {
  return { ResourceId: group, ResourceType: 'auto-scaling-group', Key: key };
}
