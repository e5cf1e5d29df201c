import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import { readClaims, type ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { describeServices } from '#adapters/aws/ecs/describe-services.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { readServiceClaims } from '#adapters/aws/ecs/service-claims.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { eachGroup, type GroupRun, type RunPorts } from '#functions/groups/each-group.ts';
import { giveBackFloor, giveBackGroup, type GivingBackSource } from './give-back-group.ts';

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
  source: GivingBackSource,
  { listed, isOurs }: Ours,
  ports: RunPorts,
): Promise<GroupRun> {
  const nowSeconds = source.nowSeconds();
  const ofGroups = await readClaims(source);
  // Records of services are among them; nobody's schedules are asked for where none was changed.
  const hasServices = [...ofGroups.keys()].some(isServiceId);
  const ofServices = hasServices ? await readServiceClaims(source) : [];
  const claims = new Map([...ofGroups, ...ofServices]);
  const names = [...claims].flatMap(([name, { record }]) =>
    record === null || listed.has(name) ? [] : [name],
  );
  const groups = await describeAll(source, names);
  const strays = names.flatMap((applicationId): readonly Stray[] => {
    const claim = claims.get(applicationId);
    const group = groups.get(applicationId) ?? null;
    if (group === null) return claim?.record?.isRaised ? [{ applicationId, group }] : [];
    if (isOurs(group) || claim === undefined) return [];
    return groupOf(group, { claim, nowSeconds }).hasFloor ? [{ applicationId, group }] : [];
  });
  return eachGroup(strays, (stray) => giveBack(source, stray), ports);
}

/** Groups and services by name, those that are gone absent; without a target a service is. */
async function describeAll(
  { client, call }: GivingBackSource,
  names: readonly string[],
): Promise<ReadonlyMap<string, AutoScalingGroup>> {
  const groups = await describeGroups(
    client,
    names.filter((name) => !isServiceId(name)),
  );
  const services = await describeServices(call, names.filter(isServiceId));
  return new Map([
    ...groups,
    ...[...services].flatMap(([id, service]) =>
      service.limits === null ? [] : [[id, serviceAsGroup(service)] as const],
    ),
  ]);
}

async function giveBack(source: GivingBackSource, { applicationId, group }: Stray): Promise<void> {
  if (group === null) return forget(source, applicationId);
  // The hooks of a group with its tag are answered, by another deployment perhaps.
  const isTagged = group.Tags?.some(({ Key }) => Key === MODE_TAG);
  await (isTagged ? giveBackFloor(source, applicationId) : giveBackGroup(source, applicationId));
}

/** Of a deleted group nothing has to be given back; its record expires. */
async function forget({ floors, nowSeconds }: ClaimSource, applicationId: string): Promise<void> {
  const record = await floors.read(applicationId);
  if (record === null) return;
  const readAtSeconds = nowSeconds();
  await floors.write(applicationId, { ...record, isRaised: false, readAtSeconds });
}
