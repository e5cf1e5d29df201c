import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import { FALLBACK_TYPE } from '#core/domain/settings/type-defaults.ts';
import {
  describeInstanceTypes,
  InstanceTypeError,
} from '#adapters/aws/instance-types/describe-instance-types.ts';
import { smallestCapacity } from '#adapters/aws/instance-types/parse-instance-types.ts';
import { settings } from '#functions/environment/environment.ts';
import { signedEndpoint } from './signed-endpoint.ts';

const ec2 = signedEndpoint('EC2');

/** Types never change, so each is asked for once in the life of a function's instance. */
const known = new Map<string, Promise<Footprint>>();

/** What one instance of a group gives; the configured default while it runs none. */
export async function instanceCapacity(
  _applicationId: string,
  instanceTypes: readonly string[],
): Promise<Footprint> {
  if (instanceTypes.length === 0) {
    return defaultsOfType(FALLBACK_TYPE, settings.allocation).instanceCapacity;
  }
  return smallestCapacity(await Promise.all(instanceTypes.map(capacityOfType)));
}

function capacityOfType(type: string): Promise<Footprint> {
  const asked = known.get(type);
  if (asked) return asked;
  const answer = describeType(type);
  known.set(type, answer);
  // A failure is told to those who asked and not remembered.
  answer.catch(() => known.delete(type));
  return answer;
}

async function describeType(type: string): Promise<Footprint> {
  const capacity = (await describeInstanceTypes(ec2, [type])).get(type);
  if (capacity === undefined) throw new InstanceTypeError(`EC2 does not know ${type}`);
  return capacity;
}
