import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { eachGroup } from '#functions/groups/each-group.ts';
import { enrolledGroup } from '#functions/groups/enrolled-group.ts';

function group(tags: Readonly<Record<string, string>>, more: object = {}): AutoScalingGroup {
  return {
    AutoScalingGroupName: 'shop',
    MinSize: 1,
    MaxSize: 4,
    DesiredCapacity: 2,
    DefaultCooldown: 300,
    AvailabilityZones: [],
    HealthCheckType: 'EC2',
    CreatedTime: new Date(0),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...more,
  };
}

describe('a group', () => {
  test('is enrolled by its tag, which says mode and type', () => {
    const tags = {
      'foreprint:mode': 'full',
      'foreprint:type': 'web',
      'foreprint:minimum': '4:1:1',
    };
    const instances = ['m7i.large', 'm7i.large', 'm6i.large'].map((InstanceType) => ({
      InstanceType,
    }));
    expect(enrolledGroup(group(tags, { Instances: instances }), 'observe')).toMatchObject({
      applicationId: 'shop',
      applicationType: 'web',
      mode: 'full',
      // The tag that shows a floor is not believed.
      known: { minSize: 1, maxSize: 4, desired: 2, ownMinimum: 1, hasFloor: false },
      metering: { monitoringSeconds: 300 },
      instanceTypes: ['m7i.large', 'm6i.large'],
    });
  });

  test.each([
    [{}, { monitoringSeconds: 300 }],
    [{ 'foreprint:monitoring': '60' }, { monitoringSeconds: 60 }],
    [
      { 'foreprint:metrics': 'cpu network' },
      {
        monitoringSeconds: 300,
        metrics: ['cpuPercent', 'cpuSamples', 'inService', 'networkIn', 'networkOut'],
      },
    ],
    [
      { 'foreprint:memory': 'Shop windows' },
      {
        monitoringSeconds: 300,
        memoryMetric: { namespace: 'Shop', name: 'Memory % Committed Bytes In Use' },
      },
    ],
    // Nothing that anybody knows: a typing mistake must not leave a group unmeasured.
    [{ 'foreprint:metrics': 'CPU' }, { monitoringSeconds: 300 }],
  ])('says by %j how it is measured', (tags, metering) => {
    const found = enrolledGroup(group({ 'foreprint:mode': '', ...tags }), 'observe');
    expect(found?.metering).toEqual(metering);
  });

  test('takes the deployment’s mode where the tag is empty', () => {
    expect(enrolledGroup(group({ 'foreprint:mode': '' }), 'scale-out')?.mode).toBe('scale-out');
  });

  test('understands a tag with the former name of scale-out', () => {
    expect(enrolledGroup(group({ 'foreprint:mode': 'floor' }), 'observe')?.mode).toBe('scale-out');
  });

  test('is only observed where the tag is mistyped', () => {
    expect(enrolledGroup(group({ 'foreprint:mode': 'Full' }), 'full')?.mode).toBe('observe');
  });

  test.each([
    ['AmazonECSManaged', ''],
    ['eks:nodegroup-name', 'workers'],
    ['k8s.io/cluster-autoscaler/enabled', 'true'],
    ['elasticbeanstalk:environment-name', 'shop-prod'],
  ])('that another system sizes (%s) is left alone, enrolled or not', (key, value) => {
    expect(enrolledGroup(group({ 'foreprint:mode': 'full', [key]: value }), 'full')).toBeNull();
  });

  test('without the tag, or about to be deleted, is none of ours', () => {
    expect(enrolledGroup(group({ Name: 'shop' }), 'full')).toBeNull();
    const deleting = group({ 'foreprint:mode': 'full' }, { Status: 'Delete in progress' });
    expect(enrolledGroup(deleting, 'full')).toBeNull();
  });
});

describe('work on every group', () => {
  const groups = Array.from({ length: 1000 }, (_, k) => ({ applicationId: `group-${k}` }));

  test('goes on when one in a thousand is poisoned, and says which', async () => {
    const done: string[] = [];
    const reports: string[] = [];
    const run = await eachGroup(
      groups,
      async ({ applicationId }) => {
        if (applicationId === 'group-500') throw new Error('poisoned');
        done.push(applicationId);
      },
      { report: (what, error) => reports.push(`${what}: ${String(error)}`) },
    );
    expect(run).toEqual({ groups: 1000, failed: 1 });
    expect(done).toHaveLength(999);
    expect(reports).toEqual(['group-500: Error: poisoned']);
  });

  test('begins no further group once it must stop, and says how many were left', async () => {
    let done = 0;
    const mayContinue = async () => done < 100;
    const work = async () => void done++;
    const run = await eachGroup(groups, work, { report: () => undefined, mayContinue });
    expect(run).toEqual({ groups: 1000, failed: 0, unreached: 1000 - done });
    expect(done).toBeLessThan(150);
  });

  test('fails when all of them do', async () => {
    const failing = eachGroup(groups, () => Promise.reject(new Error('no table')), {
      report: () => undefined,
    });
    await expect(failing).rejects.toThrow('all 1000 groups failed');
  });
});
