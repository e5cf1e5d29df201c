import {
  UpdateAutoScalingGroupCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { describeGroup, groupOf, type Group } from './find-group.ts';
import { inFlight, type FloorRecord, type MinimumClaim } from './floor-record.ts';
import { FLOOR_TAG, floorText } from './floor-tag.ts';
import { removeGroupTag, setGroupTag } from './group-tags.ts';
import { readClaim, type ClaimSource } from './read-claim.ts';
import { ScalingError, toScalingError } from './scaling-error.ts';

export interface FloorChange {
  /** The group's minimum before and after the call. */
  readonly before: number;
  readonly after: number;
  readonly ownMinimum: number;
}

/** Restores that may collide with decisions on the same group. */
const MAX_ATTEMPTS = 3;

/**
 * Uses a forecast as the floor of a group: sets its minimum to `instances`, clamped between the
 * owner's minimum and the owner's maximum. Auto Scaling raises the desired capacity to the minimum
 * by itself, and target tracking continues to scale above it. The owner's minimum is remembered
 * before the minimum is changed, on the condition that nobody else has changed it since it was
 * read: of several decisions at once one changes the group, the others leave it alone. Repeating a
 * call with the same floor changes nothing.
 * @param recentGroup state of the group a moment ago. If it already has the floor, no call is made.
 * @throws ScalingError, TableError
 */
export async function setFloor(
  source: ClaimSource,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  recentGroup?: Group,
): Promise<FloorChange> {
  if (!(instances >= 0)) throw new RangeError(`floor must not be negative: ${instances}`);
  const expected = recentGroup && floorOf(recentGroup, instances);
  if (recentGroup?.isSettled && expected && expected.after === expected.before) return expected;
  const { group, claim, readAtSeconds } = await readAll(source, applicationId);
  const change = floorOf(group, instances);
  const { before, after, ownMinimum } = change;
  if (after === before && group.isSettled) return change;
  const record = nextRecord(claim, { own: ownMinimum, before, after }, readAtSeconds);
  const isOurTurn = await source.floors.write(applicationId, record);
  if (!isOurTurn) return { ...change, after: before };
  if (after !== before) await setMinimum(source.client, applicationId, after);
  await setGroupTag(source.client, applicationId, { key: FLOOR_TAG, value: floorText(record) });
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
 * nothing for a group whose minimum Foreprint did not raise.
 * @throws ScalingError, TableError
 */
export async function restoreMinimum(
  source: ClaimSource,
  applicationId: string,
): Promise<FloorChange> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const change = await tryToRestore(source, applicationId);
    if (change) return change;
  }
  throw new ScalingError(applicationId, 'busy');
}

/** Null if somebody else changed the record meanwhile. */
async function tryToRestore(
  source: ClaimSource,
  applicationId: string,
): Promise<FloorChange | null> {
  const { client, floors } = source;
  const { group, claim, readAtSeconds } = await readAll(source, applicationId);
  const { minSize: before, ownMinimum: own, hasFloor } = group;
  const change = { before, after: own, ownMinimum: own };
  if (!hasFloor) return change;
  const record = nextRecord(claim, { own, before, after: own }, readAtSeconds);
  if (!(await floors.write(applicationId, record))) return null;
  if (before !== own) await setMinimum(client, applicationId, own);
  await removeGroupTag(client, applicationId, FLOOR_TAG);
  // Last: after a failure above, the next attempt still has to know that it is raised.
  const given = { ...record, isRaised: false, version: record.version + 1 };
  return (await floors.write(applicationId, given)) ? change : null;
}

async function readAll(source: ClaimSource, applicationId: string) {
  const readAtSeconds = source.nowSeconds();
  const [claim, described] = await Promise.all([
    readClaim(source, applicationId),
    describeGroup(source.client, applicationId),
  ]);
  const group = groupOf(described, { claim, nowSeconds: readAtSeconds });
  return { group, claim, readAtSeconds };
}

function nextRecord(
  { record, due }: MinimumClaim,
  change: Pick<FloorRecord, 'own' | 'before' | 'after'>,
  readAtSeconds: number,
): FloorRecord {
  return {
    ...change,
    sent: [
      ...inFlight(record?.sent ?? [], readAtSeconds),
      { minimum: change.after, atSeconds: readAtSeconds },
    ],
    isRaised: true,
    readAtSeconds,
    due,
    version: record?.version ?? 0,
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
