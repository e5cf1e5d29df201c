import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import type { FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';
import { removeGroupTag } from '#adapters/aws/auto-scaling/group-tags.ts';
import { deleteHook, describeHooks } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { readClaim, type ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { releaseWaiting } from '#adapters/aws/auto-scaling/release-waiting.ts';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { restoreMinimum } from '#adapters/aws/auto-scaling/set-floor.ts';
import { removeApplication } from '#adapters/aws/dynamodb/remove-application.ts';
import type { DynamodbTable } from '#adapters/aws/dynamodb/table-schema.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { MODE_TAG, TAG_PREFIX } from '#cdk/configuration/group-tags.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';
import type { Change, GroupPlan } from './change.ts';

/** Stores from which the groups' data is deleted. */
export interface ForgottenStores {
  readonly tables: readonly DynamodbTable[];
  /** Message about data that cannot be deleted, null if all can. */
  readonly retentionNotice: string | null;
}

export interface Retirement {
  readonly floors: readonly FloorStore[];
  readonly forget: ForgottenStores | null;
  readonly nowSeconds: () => number;
}

/**
 * Plans the changes that retire groups, in this order:
 * - hooks: while the group is tagged, the function still answers them; without hooks no instance
 *   waits;
 * - mode tag: from then on the function may not change the group, so the restored minimum stays;
 * - the owner's minimum and the other tags.
 *
 * A group that does not exist, or is deleted meanwhile, needs no change.
 * @param sources what the region's deployments remember of the groups' minimums. Only this says
 * what a minimum was before; the tag that shows it is not trusted.
 * @param forget stores from which to delete the groups' data, null to keep the data.
 */
export async function planRetirement(
  client: AutoScalingClient,
  names: readonly string[],
  { floors, forget, nowSeconds }: Retirement,
): Promise<readonly GroupPlan[]> {
  const groups = await describeGroups(client, names);
  const plans: GroupPlan[] = [];
  for (const group of names) {
    const current = groups.get(group);
    const sources = floors.map((store) => ({ client, floors: store, nowSeconds }));
    const ofGroup = current === undefined ? [] : await groupChanges(sources, client, current);
    plans.push({
      group,
      changes: [...ofGroup, ...storeChanges(group, forget)],
      remarks: [
        ...(current === undefined ? ['there is no such Auto Scaling group in this region'] : []),
        ...(current === undefined ? [] : await tagRemarks(sources, current)),
        ...(forget?.retentionNotice ? [forget.retentionNotice] : []),
      ],
    });
  }
  return plans;
}

async function groupChanges(
  sources: readonly ClaimSource[],
  client: AutoScalingClient,
  current: AutoScalingGroup,
): Promise<readonly Change[]> {
  const group = current.AutoScalingGroupName ?? '';
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
    ...(await floorChanges(sources, client, current)),
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

async function floorChanges(
  sources: readonly ClaimSource[],
  client: AutoScalingClient,
  current: AutoScalingGroup,
): Promise<readonly (Change & { readonly isMode?: boolean })[]> {
  const group = current.AutoScalingGroupName ?? '';
  const now = current.MinSize ?? 0;
  const raised = await raisedBy(sources, current);
  const restored = raised.map(({ source, own }) => ({
    text: `restore the minimum: ${now} → ${own}`,
    apply: async () => void (await restoreMinimum(source, group)),
  }));
  const value = floorTagOf(current);
  if (restored.length > 0 || value === undefined) return restored;
  const apply = () => removeGroupTag(client, group, FLOOR_TAG);
  return [{ text: `remove tag ${FLOOR_TAG}=${value}`, apply }];
}

/** Sources that know that the group's minimum is raised, with the owner's own minimum. */
async function raisedBy(sources: readonly ClaimSource[], current: AutoScalingGroup) {
  const group = current.AutoScalingGroupName ?? '';
  const found = await Promise.all(
    sources.map(async (source) => {
      const claim = await readClaim(source, group);
      const known = groupOf(current, { claim, nowSeconds: source.nowSeconds() });
      return known.hasFloor ? [{ source, own: known.ownMinimum }] : [];
    }),
  );
  return found.flat();
}

const floorTagOf = ({ Tags = [] }: AutoScalingGroup) =>
  Tags.find(({ Key }) => Key === FLOOR_TAG)?.Value;

/** A tag that no deployment confirms is shown, because anybody may have written it. */
async function tagRemarks(
  sources: readonly ClaimSource[],
  current: AutoScalingGroup,
): Promise<readonly string[]> {
  const value = floorTagOf(current);
  if (value === undefined || (await raisedBy(sources, current)).length > 0) return [];
  return [
    `its tag says ${FLOOR_TAG}=${value} (own:before:after), which no deployment confirms: its minimum stays ${current.MinSize ?? 0}`,
  ];
}

/** What deletes an application's data; nothing where it is kept. */
export function storeChanges(group: string, forget: ForgottenStores | null): readonly Change[] {
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
