import type { AutoScalingClient, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeGroups } from '#adapters/aws/auto-scaling/describe-groups.ts';
import { setGroupTag } from '#adapters/aws/auto-scaling/group-tags.ts';
import { describeHooks, putHook } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import type { Mode } from '#cdk/configuration/modes.ts';
import { MODE_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import { missingGroups, quotedNames } from '#cli/aws/account/find-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import type { Change, GroupPlan } from './change.ts';
import { missingHooks } from './missing-hooks.ts';

export interface EnrolmentRequest {
  readonly names: readonly string[];
  /** What may be done to the groups; undefined leaves a group's mode, or takes the deployment's. */
  readonly mode: Mode | undefined;
  /** Type of the applications; undefined leaves it as it is. */
  readonly type: string | undefined;
}

/**
 * What enrolling groups changes: the same tags and hooks as the construct's `manage` makes. Tags come first: the
 * function that answers the hooks may act only on groups that have them. What is as it should be is left alone.
 * @throws UsageError that names every group that does not exist or that the deployment does not look after.
 */
export async function planEnrolment(
  client: AutoScalingClient,
  request: EnrolmentRequest,
  deployment: Pick<Deployment, 'stack' | 'mode' | 'groups'>,
): Promise<readonly GroupPlan[]> {
  const found = await describeGroups(client, request.names);
  requireAll(request.names, found, deployment);
  const plans: GroupPlan[] = [];
  for (const [group, known] of found) {
    const tags = tagChanges(client, { group, known }, { ...request, otherwise: deployment.mode });
    const hooks = await hookChanges(client, group);
    plans.push({ group, changes: [...tags, ...hooks], remarks: [] });
  }
  return plans;
}

function requireAll(
  names: readonly string[],
  found: ReadonlyMap<string, unknown>,
  { stack, groups }: Pick<Deployment, 'stack' | 'groups'>,
): void {
  const missing = missingGroups(names, found);
  const left = names.filter((name) => groups.length > 0 && !groups.includes(name));
  const faults = [
    ...(missing === null ? [] : [missing]),
    ...(left.length > 0
      ? [`stack ${stack} looks only after its configured groups, without ${quotedNames(left)}`]
      : []),
  ];
  if (faults.length > 0) throw new UsageError(`${faults.join('; ')}; nothing was changed`);
}

function tagChanges(
  client: AutoScalingClient,
  { group, known }: { readonly group: string; readonly known: AutoScalingGroup },
  wanted: Pick<EnrolmentRequest, 'mode' | 'type'> & { readonly otherwise: Mode },
): readonly Change[] {
  const valueOf = (key: string) => known.Tags?.find(({ Key }) => Key === key)?.Value;
  const tags = [
    { key: MODE_TAG, value: wanted.mode ?? valueOf(MODE_TAG) ?? wanted.otherwise },
    ...(wanted.type === undefined ? [] : [{ key: TYPE_TAG, value: wanted.type }]),
  ];
  return tags
    .filter(({ key, value }) => valueOf(key) !== value)
    .map((tag) => ({
      text: `set tag ${tag.key}=${tag.value}`,
      apply: () => setGroupTag(client, group, tag),
    }));
}

async function hookChanges(client: AutoScalingClient, group: string): Promise<readonly Change[]> {
  return missingHooks(await describeHooks(client, group)).map((hook) => ({
    text: `put lifecycle hook ${hook.name}`,
    apply: () => putHook(client, group, hook),
  }));
}
