import type { DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import type { PlannedGroup } from '../plan/planned-group.ts';

/** Services as a plan has groups: their tasks are the instances, of the newest definition's size. */
export async function plannedServices(
  call: JsonCall,
  services: readonly DescribedService[],
): Promise<readonly PlannedGroup[]> {
  if (services.length === 0) return [];
  const policies = await describeServicePolicies(call);
  return Promise.all(
    services.map(async ({ id, tags, tasks, limits, desired }) => {
      const [newest] = tasks;
      return {
        name: id,
        applicationType: tags.get(TYPE_TAG) || null,
        instanceTypes: newest === undefined ? [] : [familyOf(newest.taskDefinition)],
        instanceCapacity:
          newest === undefined ? null : await taskCapacity(call, newest.taskDefinition),
        limits: { minInstances: limits?.min ?? desired, maxInstances: limits?.max ?? desired },
        inService: tasks.reduce((sum, { running }) => sum + running, 0),
        ownPolicies: policies.get(id)?.dynamic ?? [],
      };
    }),
  );
}

/** "web:3" of an ARN that ends so. */
const familyOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1) ?? '';
