import { policiesOf } from '#adapters/aws/auto-scaling/describe-policies.ts';
import type { DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import { parseExpectTags } from '#cdk/configuration/expect-tags.ts';
import { TARGET_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { parseTarget } from '#core/capacity/wanted-utilization.ts';
import { NO_SCALING } from '../plan/own-scaling.ts';
import { withTagged, type PlannedGroups } from '../plan/planned-group.ts';
import { readServiceScaling } from './service-scaling.ts';

/** Services as a plan has groups: their tasks are the instances, of the newest definition's size. */
export async function plannedServices(
  account: AwsAccount,
  services: readonly DescribedService[],
): Promise<PlannedGroups> {
  if (services.length === 0) return { groups: [], expected: [], notices: [] };
  const { call } = account;
  const { scaling: read, notices } = await readServiceScaling(account, services);
  const groups = await Promise.all(
    services.map(async ({ id, tags, tasks, limits, desired }) => {
      const [newest] = tasks;
      const scaling = read.get(id) ?? NO_SCALING;
      const { cpuTarget, dynamic } = policiesOf(scaling.described);
      const capacity =
        newest === undefined ? null : await taskCapacity(call, newest.taskDefinition);
      const name = newest === undefined ? '' : familyOf(newest.taskDefinition);
      const running = tasks.reduce((sum, one) => sum + one.running, 0);
      const cores = capacity?.cpu ?? null;
      return {
        name: id,
        applicationType: tags.get(TYPE_TAG) || null,
        instanceTypes: newest === undefined ? [] : [name],
        types:
          cores === null ? [] : Array.from({ length: running }, () => ({ name, cores, weight: 1 })),
        instanceCapacity: capacity,
        meteredCapacity: capacity,
        limits: { minInstances: limits?.min ?? desired, maxInstances: limits?.max ?? desired },
        inService: running,
        ownPolicies: dynamic,
        cpuTarget: cpuTarget ?? parseTarget(tags.get(TARGET_TAG)),
        scaling,
      };
    }),
  );
  const tagged = services.map(({ id, tags }) => parseExpectTags(tags, id));
  return { groups, ...withTagged(tagged, notices) };
}

/** "web:3" of an ARN that ends so. */
const familyOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1) ?? '';
