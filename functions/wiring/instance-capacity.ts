import {
  describeInstanceTypes,
  InstanceTypeError,
} from '#adapters/aws/instance-types/describe-instance-types.ts';
import { smallestCapacity } from '#adapters/aws/instance-types/parse-instance-types.ts';
import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { FALLBACK_TYPE } from '#core/domain/settings/type-defaults.ts';
import { signedEndpoint } from './signed-endpoint.ts';

const ec2 = signedEndpoint('EC2');

/** Instance types never change, so each is read once per execution environment. */
const capacities = new Map<string, Promise<Footprint>>();

/** Capacity of one instance of a group; the configured default while the group runs none. */
export function instanceCapacity({ allocation }: Pick<Settings, 'allocation'>) {
  return async (_applicationId: string, instanceTypes: readonly string[]): Promise<Footprint> => {
    if (instanceTypes.length === 0) {
      return defaultsOfType(FALLBACK_TYPE, allocation).instanceCapacity;
    }
    return smallestCapacity(await Promise.all(instanceTypes.map(capacityOfType)));
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
  const capacity = (await describeInstanceTypes(ec2, [type])).get(type);
  if (capacity === undefined) throw new InstanceTypeError(`EC2 does not know ${type}`);
  return capacity;
}
