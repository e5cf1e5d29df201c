import {
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  UpdateAutoScalingGroupCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { findGroup, type Group } from './find-group.ts';
import { FLOOR_TAG, floorText, type Floor } from './floor-tag.ts';
import { toScalingError } from './scaling-error.ts';

export interface FloorChange {
  /** The group's minimum before and after the call. */
  readonly before: number;
  readonly after: number;
  readonly ownMinimum: number;
}

/**
 * Uses a forecast as the floor of a group: sets its minimum to `instances`, clamped between the
 * owner's minimum and the owner's maximum. Auto Scaling raises the desired capacity to the minimum
 * by itself, and target tracking continues to scale above it. A tag stores the owner's minimum
 * before the minimum is changed. Repeating a call with the same floor changes nothing.
 * @param recentGroup state of the group a moment ago. If it already has the floor, no call is made.
 * @throws ScalingError
 */
export async function setFloor(
  client: AutoScalingClient,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  recentGroup?: Group,
): Promise<FloorChange> {
  if (!(instances >= 0)) throw new RangeError(`floor must not be negative: ${instances}`);
  const expected = recentGroup && floorOf(recentGroup, instances);
  if (expected && expected.after === expected.before) return expected;
  const change = floorOf(await findGroup(client, applicationId), instances);
  const { before, after, ownMinimum } = change;
  if (after !== before) {
    try {
      await rememberFloor(client, applicationId, { own: ownMinimum, before, after });
      await setMinimum(client, applicationId, after);
    } catch (cause) {
      throw toScalingError(applicationId, cause);
    }
  }
  return change;
}

function floorOf({ minSize: before, maxSize, ownMinimum }: Group, instances: number): FloorChange {
  return {
    before,
    after: Math.max(ownMinimum, Math.min(Math.ceil(instances), maxSize)),
    ownMinimum,
  };
}

/**
 * Restores the minimum that the owner chose and removes the tag. The desired capacity stays: the
 * group's scaling policy lowers it when it is no longer needed. The call is idempotent and does
 * nothing for a group without the tag.
 * @throws ScalingError
 */
export async function restoreMinimum(
  client: AutoScalingClient,
  applicationId: string,
): Promise<FloorChange> {
  const { minSize: before, ownMinimum, floor } = await findGroup(client, applicationId);
  if (!floor) return { before, after: before, ownMinimum };
  try {
    if (before !== ownMinimum) await setMinimum(client, applicationId, ownMinimum);
    // Delete the tag last: after a failure above, the next attempt still needs it.
    await client.send(new DeleteTagsCommand({ Tags: [floorTag(applicationId, floor)] }));
  } catch (cause) {
    throw toScalingError(applicationId, cause);
  }
  return { before, after: ownMinimum, ownMinimum };
}

async function setMinimum(client: AutoScalingClient, name: string, minimum: number): Promise<void> {
  await client.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, MinSize: minimum }),
  );
}

async function rememberFloor(client: AutoScalingClient, name: string, floor: Floor): Promise<void> {
  await client.send(new CreateOrUpdateTagsCommand({ Tags: [floorTag(name, floor)] }));
}

function floorTag(name: string, floor: Floor) {
  return {
    ResourceId: name,
    ResourceType: 'auto-scaling-group',
    Key: FLOOR_TAG,
    Value: floorText(floor),
    PropagateAtLaunch: false,
  };
}
