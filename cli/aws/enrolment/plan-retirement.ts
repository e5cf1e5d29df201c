import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { FLOOR_TAG, ownMinimum, parseFloor } from '#adapters/aws/auto-scaling/floor-tag.ts';
import { removeGroupTag } from '#adapters/aws/auto-scaling/group-tags.ts';
import { deleteHook, describeHooks } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { releaseWaiting } from '#adapters/aws/auto-scaling/release-waiting.ts';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { restoreMinimum } from '#adapters/aws/auto-scaling/set-floor.ts';
import { removeApplication } from '#adapters/aws/dynamodb/remove-application.ts';
import type { DynamodbTable } from '#adapters/aws/dynamodb/table-schema.ts';
import { MODE_TAG, TAG_PREFIX } from '#cdk/configuration/group-tags.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';
import type { Change, GroupPlan } from './change.ts';

/** Stores from which the groups' data is deleted. */
export interface ForgottenStores {
  readonly tables: readonly DynamodbTable[];
  /** Message about data that cannot be deleted, null if all can. */
  readonly retentionNotice: string | null;
}

/**
 * Plans the changes that retire groups, in this order:
 * - hooks: while the group is tagged, the function still answers them; without hooks no instance
 *   waits;
 * - mode tag: from then on the function may not change the group, so the restored minimum stays;
 * - the owner's minimum and the other tags.
 *
 * A group that does not exist, or is deleted meanwhile, needs no change.
 * @param forget stores from which to delete the groups' data, null to keep the data.
 */
export async function planRetirement(
  client: AutoScalingClient,
  names: readonly string[],
  forget: ForgottenStores | null,
): Promise<readonly GroupPlan[]> {
  const groups = await describeGroups(client, names);
  const plans: GroupPlan[] = [];
  for (const group of names) {
    const current = groups.get(group);
    const ofGroup = current === undefined ? [] : await groupChanges(client, group, current);
    plans.push({
      group,
      changes: [...ofGroup, ...storeChanges(group, forget)],
      remarks: [
        ...(current === undefined ? ['there is no such Auto Scaling group in this region'] : []),
        ...(forget?.retentionNotice ? [forget.retentionNotice] : []),
      ],
    });
  }
  return plans;
}

async function groupChanges(
  client: AutoScalingClient,
  group: string,
  current: AutoScalingGroup,
): Promise<readonly Change[]> {
  const hooks = await hookChanges(client, group);
  const tags = (current.Tags ?? []).flatMap(({ Key: key = '', Value: value = '' }) =>
    key.startsWith(TAG_PREFIX) && key !== FLOOR_TAG ? [{ key, value }] : [],
  );
  const untagged = tags.map(({ key, value }) => ({
    isMode: key === MODE_TAG,
    text: `remove tag ${key}=${value}`,
    apply: () => removeGroupTag(client, group, key),
  }));
  return [
    ...hooks,
    ...untagged.filter(({ isMode }) => isMode),
    ...floorChanges(client, group, current),
    ...untagged.filter(({ isMode }) => !isMode),
  ].map(({ text, apply }) => ({ text, apply: () => unlessGone(apply) }));
}

async function hookChanges(client: AutoScalingClient, group: string): Promise<readonly Change[]> {
  const presentNames = new Set(
    (await unlessGone(() => describeHooks(client, group)))?.map((h) => h.name),
  );
  return LIFECYCLE_HOOKS.filter(({ name }) => presentNames.has(name)).map(({ name }) => ({
    text: `delete lifecycle hook ${name}`,
    async apply() {
      await releaseWaiting(client, group, name);
      await deleteHook(client, group, name);
    },
  }));
}

function floorChanges(
  client: AutoScalingClient,
  group: string,
  current: AutoScalingGroup,
): readonly Change[] {
  const tag = current.Tags?.find(({ Key }) => Key === FLOOR_TAG);
  if (tag === undefined) return [];
  const floor = parseFloor(tag.Value);
  // An invalid tag contains no minimum to restore.
  if (floor === null) {
    const apply = () => removeGroupTag(client, group, FLOOR_TAG);
    return [{ text: `remove tag ${FLOOR_TAG}=${tag.Value ?? ''}`, apply }];
  }
  const now = current.MinSize ?? 0;
  const apply = async () => void (await restoreMinimum(client, group));
  return [{ text: `restore the minimum: ${now} → ${ownMinimum(now, floor)}`, apply }];
}

function storeChanges(group: string, forget: ForgottenStores | null): readonly Change[] {
  return (forget?.tables ?? []).map((table) => ({
    text: `delete its data in table ${table.table}`,
    apply: async () => void (await removeApplication(table, group)),
  }));
}

/** Runs work on a group; returns undefined if the group no longer exists. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScalingError && error.fault === 'missing') return undefined;
    throw error;
  }
}
