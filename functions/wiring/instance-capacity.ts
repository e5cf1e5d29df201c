import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { isTaskDefinition, taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import {
  describeInstanceTypes,
  InstanceTypeError,
} from '#adapters/aws/instance-types/describe-instance-types.ts';
import { meanCapacity } from '#adapters/aws/instance-types/mean-capacity.ts';
import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { FALLBACK_TYPE } from '#core/domain/settings/type-defaults.ts';
import { jsonCall } from './json-call.ts';
import { signedEndpoint } from './signed-endpoint.ts';

const ec2 = signedEndpoint('EC2');

/**
 * Instance types and revisions of task definitions never change, so each is read once per execution
 * environment.
 */
const capacities = new Map<string, Promise<Footprint>>();

/** An instance as Auto Scaling describes it. */
interface DescribedInstance {
  readonly InstanceType?: string | undefined;
  readonly WeightedCapacity?: string | undefined;
}

/**
 * Capacity of one unit of a group's sizes, see `meanCapacity`; the configured default while the
 * group runs no instance. Without the instances their types count alike.
 */
export function instanceCapacity({ allocation }: Pick<Settings, 'allocation'>) {
  return async (
    _applicationId: string,
    instanceTypes: readonly string[],
    instances: readonly DescribedInstance[] = [],
  ): Promise<Footprint> => {
    if (instanceTypes.length === 0) {
      return defaultsOfType(FALLBACK_TYPE, allocation).instanceCapacity;
    }
    const described = instances.filter(({ InstanceType: type }) => type !== undefined);
    const weighed =
      described.length > 0
        ? described
        : instanceTypes.map((InstanceType): DescribedInstance => ({ InstanceType }));
    return meanCapacity(
      await Promise.all(
        weighed.map(async (instance) => ({
          capacity: await capacityOfType(instance.InstanceType ?? ''),
          weight: weightOf(instance),
        })),
      ),
    );
  };
}

function capacityOfType(type: string): Promise<Footprint> {
  const cached = capacities.get(type);
  if (cached) return cached;
  const answer = describeType(type);
  capacities.set(type, answer);
  // A failure is returned to the waiting callers and not cached.
  answer.catch(() => capacities.delete(type));
  return answer;
}

async function describeType(type: string): Promise<Footprint> {
  if (isTaskDefinition(type)) return taskCapacity(jsonCall, type);
  const capacity = (await describeInstanceTypes(ec2, [type])).get(type);
  if (capacity === undefined) throw new InstanceTypeError(`EC2 does not know ${type}`);
  return capacity;
}
