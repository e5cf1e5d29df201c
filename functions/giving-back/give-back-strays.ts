import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import { readClaims, type ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { restoreMinimum } from '#adapters/aws/auto-scaling/set-floor.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { eachGroup, type GroupRun, type RunPorts } from '#functions/groups/each-group.ts';
import { giveBackGroup } from './give-back-group.ts';

export interface Stray {
  readonly applicationId: string;
  /** Null for a group that was deleted. */
  readonly group: AutoScalingGroup | null;
}

export interface Ours {
  readonly listed: ReadonlySet<string>;
  readonly isOurs: (group: AutoScalingGroup) => boolean;
}

/**
 * Gives back groups whose minimum is raised although they are ours no longer: their tag was lost,
 * for example to a tool that removes tags it does not know, or the configuration leaves them out.
 * @param ours names of the enrolled groups, as a list had them, and whether a group is one: what
 * the list lacks is read once more by name.
 * @throws TableError, RunFailed
 */
export async function giveBackStrays(
  source: ClaimSource,
  { listed, isOurs }: Ours,
  ports: RunPorts,
): Promise<GroupRun> {
  const nowSeconds = source.nowSeconds();
  const claims = await readClaims(source);
  const names = [...claims].flatMap(([name, { record }]) =>
    record === null || listed.has(name) ? [] : [name],
  );
  const groups = await describeGroups(source.client, names);
  const strays = names.flatMap((applicationId): readonly Stray[] => {
    const claim = claims.get(applicationId);
    const group = groups.get(applicationId) ?? null;
    if (group === null) return claim?.record?.isRaised ? [{ applicationId, group }] : [];
    if (isOurs(group) || claim === undefined) return [];
    return groupOf(group, { claim, nowSeconds }).hasFloor ? [{ applicationId, group }] : [];
  });
  return eachGroup(strays, (stray) => giveBack(source, stray), ports);
}

async function giveBack(source: ClaimSource, { applicationId, group }: Stray): Promise<void> {
  if (group === null) return forget(source, applicationId);
  // The hooks of a group with its tag are answered, by another deployment perhaps.
  const isTagged = group.Tags?.some(({ Key }) => Key === MODE_TAG);
  await (isTagged ? restoreMinimum(source, applicationId) : giveBackGroup(source, applicationId));
}

/** Of a deleted group nothing has to be given back; its record expires. */
async function forget({ floors, nowSeconds }: ClaimSource, applicationId: string): Promise<void> {
  const record = await floors.read(applicationId);
  if (record === null) return;
  const readAtSeconds = nowSeconds();
  await floors.write(applicationId, { ...record, isRaised: false, readAtSeconds });
}
