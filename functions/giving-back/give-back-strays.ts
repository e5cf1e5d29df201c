import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import { NO_CLAIM } from '#adapters/aws/auto-scaling/floor-record.ts';
import { readClaims, type ClaimSource } from '#adapters/aws/auto-scaling/read-claim.ts';
import { describeServices } from '#adapters/aws/ecs/describe-services.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { readServiceClaims } from '#adapters/aws/ecs/service-claims.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import type { WatermarkStore } from '#core/domain/ports.ts';
import { eachGroup, type GroupRun, type RunPorts } from '#functions/groups/each-group.ts';
import { giveBackGroup, type GivingBackSource } from './give-back-group.ts';

interface Stray {
  readonly applicationId: string;
  /** Null for a group that was deleted. */
  readonly group: AutoScalingGroup | null;
}

export interface Ours {
  /** Names of the enrolled groups, as a list had them: what it lacks is read once more by name. */
  readonly listed: ReadonlySet<string>;
  readonly isOurs: (group: AutoScalingGroup) => boolean;
  /** Names every group that was ever measured, until it is forgotten. */
  readonly watermarks: Pick<WatermarkStore, 'read' | 'remove'>;
}

/**
 * Gives back groups that are ours no longer: their tag was lost, for example to a tool that removes
 * tags it does not know, or the configuration leaves them out. Their minimum is restored where it
 * is raised. A group without the tag also gets rid of our hooks, whether its minimum was ever
 * raised or not. Then it is forgotten: enrolled again, it begins anew.
 * @throws TableError, RunFailed
 */
export async function giveBackStrays(
  source: GivingBackSource,
  { listed, isOurs, watermarks }: Ours,
  ports: RunPorts,
): Promise<GroupRun> {
  const nowSeconds = source.nowSeconds();
  const [ofGroups, measured] = await Promise.all([readClaims(source), readMeasured()]);
  // Records of services are among them; nobody's schedules are asked for where none was changed.
  const hasServices = [...ofGroups.keys()].some(isServiceId);
  const ofServices = hasServices ? await readServiceClaims(source) : [];
  const claims = new Map([...ofGroups, ...ofServices]);
  const remembered = [...claims].flatMap(([name, { record }]) => (record === null ? [] : [name]));
  const names = [...new Set([...remembered, ...measured])].filter((name) => !listed.has(name));
  const groups = await describeAll(source, names);
  const strays = names.flatMap((applicationId): readonly Stray[] => {
    const claim = claims.get(applicationId) ?? NO_CLAIM;
    const group = groups.get(applicationId) ?? null;
    const isMeasured = measured.has(applicationId);
    if (group === null) {
      return isMeasured || claim.record?.isRaised ? [{ applicationId, group }] : [];
    }
    if (isOurs(group)) return [];
    const { hasFloor } = groupOf(group, { claim, nowSeconds });
    return isMeasured || hasFloor ? [{ applicationId, group }] : [];
  });
  const giveBack = async (stray: Stray): Promise<void> => {
    await giveBackStray(source, stray);
    await watermarks.remove(stray.applicationId);
  };
  return eachGroup(strays, giveBack, ports);

  /** Raised minimums come back even if nobody can say what was measured. */
  async function readMeasured(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await watermarks.read()).keys());
    } catch (error) {
      ports.report('groups that were measured', error);
      return new Set();
    }
  }
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

async function giveBackStray(
  source: GivingBackSource,
  { applicationId, group }: Stray,
): Promise<void> {
  if (group === null) return forget(source, applicationId);
  // The hooks of a group with its tag are answered, by another deployment perhaps.
  const keepsHooks = group.Tags?.some(({ Key }) => Key === MODE_TAG) ?? false;
  await giveBackGroup(source, applicationId, { keepsHooks });
}

/** Of a deleted group nothing has to be given back; its record expires. */
async function forget({ floors, nowSeconds }: ClaimSource, applicationId: string): Promise<void> {
  const record = await floors.read(applicationId);
  if (record === null) return;
  const readAtSeconds = nowSeconds();
  await floors.write(applicationId, { ...record, isRaised: false, readAtSeconds });
}
