import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { meteredSize, type MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import type { CapacityOf } from '#adapters/aws/floors/floor-target.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { EnrolledGroup } from './enrolled-group.ts';
import { serviceMetering } from './group-metering.ts';

/**
 * An enrolled group as CloudWatch measures it: in instances, whatever their weights are, and with
 * weights in units too.
 * @param capacityOf mean capacity of one unit of the instances that it gets.
 * @param monitoringSeconds how much time a sample of CPU covers.
 */
export async function meteredGroup(
  { applicationId, applicationType, instanceTypes, metering, known }: EnrolledGroup,
  capacityOf: CapacityOf,
  monitoringSeconds: MeteredGroup['monitoringSeconds'],
): Promise<MeteredGroup> {
  const alike = known.instances.map((one) => ({ ...one, WeightedCapacity: undefined }));
  const size = await capacityOf(applicationId, instanceTypes, alike);
  const isWeighted = known.instances.some((instance) => weightOf(instance) !== 1);
  return {
    applicationId,
    applicationType,
    ...meteredSize(size),
    ...(isWeighted && {
      unit: meteredSize(await capacityOf(applicationId, instanceTypes, known.instances)),
    }),
    ...(isServiceId(applicationId) ? serviceMetering(metering, size) : metering),
    monitoringSeconds,
  };
}
