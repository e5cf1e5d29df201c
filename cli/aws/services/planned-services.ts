import { NO_POLICIES, type GroupPolicies } from '#adapters/aws/auto-scaling/describe-policies.ts';
import type { DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { TARGET_TAG, TYPE_TAG } from '#cdk/configuration/group-tags.ts';
import { parseTarget } from '#core/capacity/wanted-utilization.ts';
import { NO_SCALING, type OwnScaling } from '../plan/own-scaling.ts';
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
      const { cpuTarget, dynamic } = policies.get(id) ?? NO_POLICIES;
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
        scaling: scalingOf({ cpuTarget, dynamic }),
      };
    }),
  );
}

/** Application Auto Scaling waits so long between two scale-outs unless a policy says otherwise. */
const COOLDOWN_SECONDS = 300;

/** One policy that tracks CPU can be simulated; of any other nobody can say what it would do. */
function scalingOf({ cpuTarget, dynamic }: GroupPolicies): OwnScaling {
  if (cpuTarget === null || dynamic.length > 1) return { ...NO_SCALING, unknown: dynamic };
  const policies = [
    { kind: 'tracking', target: cpuTarget, warmUpSeconds: COOLDOWN_SECONDS } as const,
  ];
  return { ...NO_SCALING, policies };
}

/** "web:3" of an ARN that ends so. */
const familyOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1) ?? '';
