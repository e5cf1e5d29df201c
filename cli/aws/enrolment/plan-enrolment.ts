import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { foreignOwner, foreignSentence } from '#adapters/aws/auto-scaling/foreign-owner.ts';
import { setGroupTag } from '#adapters/aws/auto-scaling/group-tags.ts';
import { describeHooks, putHook } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { FORCE_TAG, MODE_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { Mode } from '#cdk/configuration/modes.ts';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import { missingGroups, quotedNames } from '#cli/aws/account/find-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import type { Change, GroupPlan } from './change.ts';
import { missingHooks } from './missing-hooks.ts';
import { fullModeConflicts } from './policy-conflicts.ts';

export interface EnrolmentRequest {
  readonly names: readonly string[];
  /** Mode to set; undefined keeps the group's mode, or sets the deployment's. */
  readonly mode: Mode | undefined;
  /** Type of the applications; undefined keeps the current one. */
  readonly type: string | undefined;
  /** Enrols in `full` beside a dynamic policy too. */
  readonly force?: boolean;
}

/**
 * Plans the changes that enrol groups: the same tags and hooks as the construct's `manage`. Tags
 * are set first, because the function that answers the hooks may only act on tagged groups. Tags
 * and hooks that are already correct are not changed.
 * @throws UsageError that lists every group that does not exist, that the deployment does not
 * manage, or that another system sizes.
 */
export async function planEnrolment(
  client: AutoScalingClient,
  request: EnrolmentRequest,
  deployment: Pick<Deployment, 'stack' | 'mode' | 'groups'>,
): Promise<readonly GroupPlan[]> {
  const groups = await describeGroups(client, request.names);
  requireAll(request.names, groups, deployment);
  if (!request.force) {
    const modes = { mode: request.mode, defaultMode: deployment.mode };
    const conflicts = await fullModeConflicts(client, groups, modes);
    if (conflicts.length > 0) throw new UsageError(`${conflicts.join('; ')}; nothing was changed`);
  }
  const plans: GroupPlan[] = [];
  for (const [group, current] of groups) {
    const tags = tagChanges(
      client,
      { group, current },
      { ...request, defaultMode: deployment.mode },
    );
    const hooks = await hookChanges(client, group);
    plans.push({ group, changes: [...tags, ...hooks], remarks: [] });
  }
  return plans;
}

function requireAll(
  names: readonly string[],
  existing: ReadonlyMap<string, AutoScalingGroup>,
  { stack, groups }: Pick<Deployment, 'stack' | 'groups'>,
): void {
  const missing = missingGroups(names, existing);
  const unmanaged = names.filter((name) => groups.length > 0 && !groups.includes(name));
  const faults = [
    ...(missing === null ? [] : [missing]),
    ...(unmanaged.length > 0
      ? [`stack ${stack} manages only its configured groups, not ${quotedNames(unmanaged)}`]
      : []),
  ];
  const foreign = [...existing].flatMap(([name, group]) => {
    const owner = foreignOwner(group);
    return owner === null ? [] : [foreignSentence(name, owner)];
  });
  faults.push(...foreign);
  if (faults.length > 0) throw new UsageError(`${faults.join('; ')}; nothing was changed`);
}

function tagChanges(
  client: AutoScalingClient,
  { group, current }: { readonly group: string; readonly current: AutoScalingGroup },
  request: Pick<EnrolmentRequest, 'mode' | 'type' | 'force'> & { readonly defaultMode: Mode },
): readonly Change[] {
  const present = new Map(
    (current.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const),
  );
  return enrolmentTags(present, request).map((tag) => ({
    text: `set tag ${tag.key}=${tag.value}`,
    apply: () => setGroupTag(client, group, tag),
  }));
}

/** Tags that an enrolment has to set besides those that are there. */
export function enrolmentTags(
  present: ReadonlyMap<string, string>,
  request: Pick<EnrolmentRequest, 'mode' | 'type' | 'force'> & { readonly defaultMode: Mode },
): readonly { readonly key: string; readonly value: string }[] {
  const tags = [
    { key: MODE_TAG, value: request.mode ?? present.get(MODE_TAG) ?? request.defaultMode },
    ...(request.type === undefined ? [] : [{ key: TYPE_TAG, value: request.type }]),
    ...(request.force ? [{ key: FORCE_TAG, value: 'full' }] : []),
  ];
  return tags.filter(({ key, value }) => present.get(key) !== value);
}

async function hookChanges(client: AutoScalingClient, group: string): Promise<readonly Change[]> {
  return missingHooks(await describeHooks(client, group)).map((hook) => ({
    text: `put lifecycle hook ${hook.name}`,
    apply: () => putHook(client, group, hook),
  }));
}
