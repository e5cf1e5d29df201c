import {
  UpdateAutoScalingGroupCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import {
  changeFloor,
  giveBackMinimum,
  type FloorChange,
  type MinimumKeeper,
} from './change-floor.ts';
import { describeGroup, groupOf, type Group } from './find-group.ts';
import { removeGroupTag, setGroupTag } from './group-tags.ts';
import { readClaim, type ClaimSource } from './read-claim.ts';
import { toScalingError } from './scaling-error.ts';

/**
 * Sets the minimum of an Auto Scaling group to a forecast, see `changeFloor`.
 * @throws ScalingError, TableError
 */
export function setFloor(
  source: ClaimSource,
  floor: { readonly applicationId: string; readonly instances: number },
  recentGroup?: Group,
): Promise<FloorChange> {
  return changeFloor(keeperOf(source), floor, recentGroup);
}

/**
 * Restores the minimum that the owner of a group chose, see `giveBackMinimum`.
 * @throws ScalingError, TableError
 */
export function restoreMinimum(source: ClaimSource, applicationId: string): Promise<FloorChange> {
  return giveBackMinimum(keeperOf(source), applicationId);
}

function keeperOf(source: ClaimSource): MinimumKeeper {
  const { client, floors } = source;
  return {
    floors,
    async read(applicationId) {
      const readAtSeconds = source.nowSeconds();
      const [claim, described] = await Promise.all([
        readClaim(source, applicationId),
        describeGroup(client, applicationId),
      ]);
      const group = groupOf(described, { claim, nowSeconds: readAtSeconds });
      return { group, claim, readAtSeconds };
    },
    setMinimum: (applicationId, minimum) => setMinimum(client, applicationId, minimum),
    show: (applicationId, text) =>
      text === null
        ? removeGroupTag(client, applicationId, FLOOR_TAG)
        : setGroupTag(client, applicationId, { key: FLOOR_TAG, value: text }),
  };
}

async function setMinimum(client: AutoScalingClient, name: string, minimum: number): Promise<void> {
  try {
    await client.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, MinSize: minimum }),
    );
  } catch (cause) {
    throw toScalingError(name, cause);
  }
}
