import type { Instance } from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { weightOf } from '#adapters/aws/auto-scaling/weight-of.ts';
import { pastCounted } from '#adapters/aws/cloudwatch/past-counted.ts';
import { meanCapacity } from '#adapters/aws/instance-types/mean-capacity.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { enrolledGroup } from '#functions/groups/enrolled-group.ts';
import { meteredGroup } from '#functions/groups/metered-group.ts';

const CORES: Readonly<Record<string, number>> = { large: 2, '2xlarge': 8 };

const capacityOf = async (_: string, __: readonly string[], instances: readonly Instance[] = []) =>
  meanCapacity(
    instances.map((instance) => {
      const cpu = CORES[instance.InstanceType ?? ''] ?? NaN;
      return {
        capacity: { ...EMPTY_FOOTPRINT, cpu, memory: 4 * cpu },
        weight: weightOf(instance),
      };
    }),
  );

const metered = (instances: readonly object[]) => {
  const group = {
    ...{ AutoScalingGroupName: 'shop', MinSize: 1, MaxSize: 9, DesiredCapacity: 2 },
    ...{ DefaultCooldown: 300, AvailabilityZones: [], HealthCheckType: 'EC2' },
    CreatedTime: new Date(0),
    Tags: [{ Key: 'foreprint:mode', Value: 'observe' }],
    Instances: instances as Instance[],
  };
  const enrolled = enrolledGroup(group, 'observe');
  if (enrolled === null) throw new Error('not enrolled');
  return meteredGroup(enrolled, capacityOf, 60);
};

it('a group without weights is measured in instances of its mean size', async () => {
  const group = await metered([{ InstanceType: 'large' }, { InstanceType: '2xlarge' }]);
  expect(group).toMatchObject({ vcpus: 5, memoryBytes: 20, monitoringSeconds: 60 });
  expect(group).not.toHaveProperty('unit');
});

it('a group with weights is measured in units too, so that a past of other types counts right', async () => {
  const group = await metered([
    { InstanceType: 'large', WeightedCapacity: '1' },
    { InstanceType: '2xlarge', WeightedCapacity: '4' },
  ]);
  expect(group).toMatchObject({
    ...{ vcpus: 5, memoryBytes: 20 },
    unit: { vcpus: 2, memoryBytes: 8 },
  });
});

it('a log says with which sizes a past was counted', async () => {
  const group = await metered([{ InstanceType: '2xlarge', WeightedCapacity: '4' }]);
  expect(pastCounted(group, { fromSeconds: 0, toSeconds: 86_400 })).toEqual({
    group: 'shop',
    from: '1970-01-01T00:00:00.000Z',
    to: '1970-01-02T00:00:00.000Z',
    instance: { vcpus: 8, memoryBytes: 32 },
    unit: { vcpus: 2, memoryBytes: 8 },
  });
});
