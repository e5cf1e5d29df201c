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

/** What is stored of groups and is to be deleted. */
export interface ForgottenStores {
  readonly tables: readonly DynamodbTable[];
  /** What cannot be deleted there, to be told. */
  readonly kept: string | null;
}

/**
 * What retiring groups changes. Hooks first: while the group is tagged the function still answers them, without hooks no
 * instance waits. Then the mode: from then on the function may not touch the group, so the minimum that is restored after
 * it stays. A group that does not exist, or is deleted meanwhile, has nothing left to change.
 * @param forget where to delete what is stored of them, null to keep it.
 */
export async function planRetirement(
  client: AutoScalingClient,
  names: readonly string[],
  forget: ForgottenStores | null,
): Promise<readonly GroupPlan[]> {
  const found = await describeGroups(client, names);
  const plans: GroupPlan[] = [];
  for (const group of names) {
    const known = found.get(group);
    const ofGroup = known === undefined ? [] : await groupChanges(client, group, known);
    plans.push({
      group,
      changes: [...ofGroup, ...storeChanges(group, forget)],
      remarks: [
        ...(known === undefined ? ['there is no such Auto Scaling group in this region'] : []),
        ...(forget?.kept ? [forget.kept] : []),
      ],
    });
  }
  return plans;
}

async function groupChanges(
  client: AutoScalingClient,
  group: string,
  known: AutoScalingGroup,
): Promise<readonly Change[]> {
  const hooks = await hookChanges(client, group);
  const tags = (known.Tags ?? []).flatMap(({ Key: key = '', Value: value = '' }) =>
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
    ...floorChanges(client, group, known),
    ...untagged.filter(({ isMode }) => !isMode),
  ].map(({ text, apply }) => ({ text, apply: () => unlessGone(apply) }));
}

async function hookChanges(client: AutoScalingClient, group: string): Promise<readonly Change[]> {
  const present = new Set(
    (await unlessGone(() => describeHooks(client, group)))?.map((h) => h.name),
  );
  return LIFECYCLE_HOOKS.filter(({ name }) => present.has(name)).map(({ name }) => ({
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
  known: AutoScalingGroup,
): readonly Change[] {
  const tag = known.Tags?.find(({ Key }) => Key === FLOOR_TAG);
  if (tag === undefined) return [];
  const floor = parseFloor(tag.Value);
  // A tag that somebody spoilt says nothing of a minimum.
  if (floor === null) {
    const apply = () => removeGroupTag(client, group, FLOOR_TAG);
    return [{ text: `remove tag ${FLOOR_TAG}=${tag.Value ?? ''}`, apply }];
  }
  const now = known.MinSize ?? 0;
  const apply = async () => void (await restoreMinimum(client, group));
  return [{ text: `restore the minimum: ${now} → ${ownMinimum(now, floor)}`, apply }];
}

function storeChanges(group: string, forget: ForgottenStores | null): readonly Change[] {
  return (forget?.tables ?? []).map((table) => ({
    text: `delete what table ${table.table} holds of it`,
    apply: async () => void (await removeApplication(table, group)),
  }));
}

/** What was to be done to a group that is gone is done. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScalingError && error.fault === 'missing') return undefined;
    throw error;
  }
}
