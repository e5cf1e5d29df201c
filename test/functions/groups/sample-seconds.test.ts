import { describe, expect, it } from 'vitest';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { createSampleProbe } from '#functions/groups/sample-seconds.ts';
import { emulateCloudwatch } from '#test/emulators/metrics/emulate-cloudwatch.ts';

const NOW = 1_795_478_400;

const group = (applicationId: string, monitoringSeconds: 60 | 300 = 300): EnrolledGroup => ({
  applicationId,
  applicationType: null,
  mode: 'scale-out',
  known: {
    ...{ minSize: 1, maxSize: 9, desired: 2, hasFloor: false, isSettled: true, ownMinimum: 1 },
    instances: [{ LifecycleState: 'InService' }, { LifecycleState: 'InService' }].map((known) => ({
      ...{ InstanceId: 'i-1', AvailabilityZone: 'a', HealthStatus: 'Healthy' },
      ...known,
      LifecycleState: 'InService' as const,
      ProtectedFromScaleIn: false,
    })),
  },
  metering: { monitoringSeconds },
  instanceTypes: ['m7i.large'],
});

describe('how often the CPU of a group is sampled', () => {
  it('is found out by its samples, once an hour', async () => {
    const { client, sent } = emulateCloudwatch(({ group: name, stat }) =>
      stat === 'SampleCount' ? (name === 'detailed' ? 10 : 2) : null,
    );
    const probe = createSampleProbe(client, () => undefined);
    const groups = [group('detailed'), group('basic'), group('tagged', 60)];
    const secondsOf = await probe(groups, NOW);
    expect(groups.map(secondsOf)).toEqual([60, 300, 60]);
    const asked = sent.length;
    await probe(groups, NOW + 3599);
    expect(sent).toHaveLength(asked);
    await probe(groups, NOW + 3600);
    expect(sent.length).toBeGreaterThan(asked);
  });

  it('is what the tag says where CloudWatch cannot be read', async () => {
    const emulated = emulateCloudwatch(() => null);
    emulated.refused.add('shop');
    const reports: string[] = [];
    const probe = createSampleProbe(emulated.client, (what) => void reports.push(what));
    const secondsOf = await probe([group('shop')], NOW);
    expect(secondsOf(group('shop'))).toBe(300);
    expect(reports).toHaveLength(1);
  });
});
