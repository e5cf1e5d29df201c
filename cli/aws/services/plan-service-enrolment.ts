import { NO_POLICIES } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { describeServices, type DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { setServiceTag } from '#adapters/aws/ecs/service-tags.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { modeNamed } from '#cdk/configuration/modes.ts';
import type { Deployment } from '#cli/aws/account/find-deployment.ts';
import { quotedNames } from '#cli/aws/account/find-groups.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import type { GroupPlan } from '../enrolment/change.ts';
import { enrolmentTags, type EnrolmentRequest } from '../enrolment/plan-enrolment.ts';
import { policyConflict } from '../enrolment/policy-conflicts.ts';
import { missingServices, serviceFault } from './find-services.ts';

/**
 * Plans the changes that enrol services: the same tags as the construct's `manage`. Tags that are
 * already correct are not changed.
 * @throws UsageError that lists every service that does not exist, that has no scalable target,
 * that the deployment does not manage, or whose policy stands against mode full.
 */
export async function planServiceEnrolment(
  call: JsonCall,
  request: EnrolmentRequest,
  deployment: Pick<Deployment, 'stack' | 'mode' | 'groups'>,
): Promise<readonly GroupPlan[]> {
  const { names } = request;
  if (names.length === 0) return [];
  const services = await describeServices(call, names);
  const { stack, groups } = deployment;
  const unmanaged = names.filter((name) => groups.length > 0 && !groups.includes(name));
  const faults = [
    missingServices(names, services) ?? [],
    unmanaged.length === 0
      ? []
      : `stack ${stack} manages only its configured groups, not ${quotedNames(unmanaged)}`,
    ...[...services.values()].map((service) => serviceFault(service) ?? []),
  ].flat();
  if (!request.force) {
    const modes = { ...request, defaultMode: deployment.mode };
    faults.push(...(await conflictsOf(call, services, modes)));
  }
  if (faults.length > 0) throw new UsageError(`${faults.join('; ')}; nothing was changed`);
  return [...services].map(([group, { arn, tags }]) => ({
    group,
    changes: enrolmentTags(tags, { ...request, defaultMode: deployment.mode }).map((tag) => ({
      text: `set tag ${tag.key}=${tag.value}`,
      apply: () => setServiceTag(call, arn, tag),
    })),
    remarks: [],
  }));
}

async function conflictsOf(
  call: JsonCall,
  services: ReadonlyMap<string, DescribedService>,
  { mode, defaultMode }: Pick<EnrolmentRequest, 'mode'> & { readonly defaultMode: string },
): Promise<readonly string[]> {
  const full = [...services].filter(([, { tags }]) => {
    const tag = tags.get(MODE_TAG);
    return (mode ?? (tag ? modeNamed(tag) : defaultMode)) === 'full';
  });
  if (full.length === 0) return [];
  const policies = await describeServicePolicies(call);
  return full.flatMap(([id]) => {
    const { dynamic } = policies.get(id) ?? NO_POLICIES;
    return policyConflict(id, dynamic) ?? [];
  });
}
