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
  /** The group's minimum before and now. */
  readonly before: number;
  readonly after: number;
  readonly ownMinimum: number;
}

/**
 * Makes a forecast the floor of a group: its minimum becomes `instances`, but never less than the owner's own minimum
 * and never more than the owner's maximum. Auto Scaling raises the desired capacity to the minimum by itself, and
 * target tracking goes on above it. The owner's minimum is remembered in a tag before anything is changed. Asking for
 * the same floor again changes nothing.
 * @param known the group as it was a moment ago: where it has the floor already nothing is asked.
 * @throws ScalingError
 */
export async function setFloor(
  client: AutoScalingClient,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  known?: Group,
): Promise<FloorChange> {
  if (!(instances >= 0)) throw new RangeError(`floor must not be negative: ${instances}`);
  const stands = known && floorOf(known, instances);
  if (stands && stands.after === stands.before) return stands;
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
 * Gives a group the minimum back that its owner chose and forgets it. The desired capacity stays: whatever scales the
 * group lowers it when it is no longer needed. May be repeated; a group without a remembered minimum is left alone.
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
    // Last, so that a failure before leaves what the next attempt needs.
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
