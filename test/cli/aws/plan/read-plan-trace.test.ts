import { expect, it } from 'vitest';
import { probeGroups } from '#adapters/aws/cloudwatch/probe-groups.ts';
import { NO_SCALING } from '#cli/aws/plan/own-scaling.ts';
import { readPlanTrace } from '#cli/aws/plan/read-plan-trace.ts';
import { emulateCloudwatch } from '#test/emulators/metrics/emulate-cloudwatch.ts';

const STEP = 300;
const NOW = 1_780_000_200;
const range = { fromSeconds: NOW - 86_400, toSeconds: NOW };
const capacity = { cpu: 2, memory: 8e9, disk: null, network: null };

const group = (name: string, change: object = {}) => ({
  name,
  applicationType: 'web',
  instanceTypes: ['m5.large'],
  types: [{ name: 'm5.large', cores: 2, weight: 1 }],
  instanceCapacity: capacity,
  meteredCapacity: capacity,
  limits: { minInstances: 2, maxInstances: 8 },
  inService: 3,
  ownPolicies: [],
  cpuTarget: null,
  scaling: NO_SCALING,
  ...change,
});

/** Four instances at half load; `samples` of CPU of each in five minutes. */
const cloudwatch = (samples: number, groups = ['shop']) =>
  emulateCloudwatch(({ group: asked, name, stat }) => {
    if (!groups.includes(asked)) return null;
    if (name === 'CPUUtilization') return stat === 'SampleCount' ? 4 * samples : 50;
    return null;
  });

it.each([
  ['basic', 1, 300],
  ['detailed', 5, 60],
] as const)('counts instances by samples under %s monitoring', async (_, samples, seconds) => {
  const { client } = cloudwatch(samples);
  const probes = await probeGroups(client, [{ applicationId: 'shop', instances: 4 }], NOW);
  expect(probes.get('shop')?.monitoringSeconds).toBe(seconds);
  const task = { range, stepSeconds: STEP };
  const trace = await readPlanTrace(client, [group('shop', { inService: 4 })], task);
  const [shop] = trace.applications;
  expect(shop?.window.values.cpu.length).toBe(288);
  // Half of four instances of two cores.
  expect(new Set(shop?.window.values.cpu)).toEqual(new Set([4]));
  expect(new Set(trace.instances.get('shop')?.values())).toEqual(new Set([4]));
  expect(shop?.group).toEqual({
    instanceCapacity: capacity,
    limits: { minInstances: 2, maxInstances: 8 },
    initialInstances: 4,
  });
});

it('omits groups without metrics, and reports assumed instances', async () => {
  const { client } = cloudwatch(1, ['shop', 'resting']);
  const resting = group('resting', { instanceCapacity: null, instanceTypes: [], inService: 0 });
  const groups = [group('shop'), group('gone'), resting];
  const trace = await readPlanTrace(client, groups, { range, stepSeconds: STEP });
  expect(trace.applications.map(({ applicationId }) => applicationId)).toEqual(['shop', 'resting']);
  expect(trace.applications[1]).not.toHaveProperty('group');
  expect(trace.notices).toEqual([
    'gone: CloudWatch has no data of it in this time; omitted',
    'resting: runs no instance now, so an instance of a twelfth of its peak is assumed',
    "past use is counted with the sizes of today's instances: shop (m5.large)",
  ]);
});

it('counts the past of a group with weights by its capacity then, and says what others rest on', async () => {
  // Half a day of twelve small instances of a unit each, then of three large ones of four.
  const isLarge = (seconds: number) => seconds >= NOW - 43_200;
  const { client } = emulateCloudwatch(({ group: asked, name, stat }, seconds) => {
    if (name === 'CPUUtilization' && stat === 'Average') return 50;
    if (name === 'GroupInServiceInstances') return isLarge(seconds) ? 3 : 12;
    return name === 'GroupInServiceCapacity' && asked === 'weighted' ? 12 : null;
  });
  const large = { name: 'm5.2xlarge', cores: 8, weight: 4 };
  const sizes = {
    instanceTypes: ['m5.2xlarge'],
    types: [large, large, large],
    meteredCapacity: { ...capacity, cpu: 8 },
  };
  const groups = [group('weighted', sizes), group('mixed', { instanceTypes: ['large', 'xlarge'] })];
  const trace = await readPlanTrace(client, groups, { range, stepSeconds: STEP });
  const [weighted, mixed] = trace.applications;
  // Twelve units of two cores, half used, whatever ran.
  expect(new Set(weighted?.window.values.cpu)).toEqual(new Set([12]));
  expect(new Set(mixed?.window.values.cpu)).toEqual(new Set([12, 3]));
  expect(new Set(trace.instances.get('weighted')?.values())).toEqual(new Set([12, 3]));
  expect(trace.notices).toEqual([
    "past use is counted with the sizes of today's instances: " +
      'weighted (m5.2xlarge, by GroupInServiceCapacity); mixed (mean of large, xlarge)',
  ]);
});

it('fails if a group’s metrics are incomplete', async () => {
  const emulated = cloudwatch(1);
  emulated.statuses.set('shop CPUUtilization', 'InternalError');
  const reading = readPlanTrace(emulated.client, [group('shop')], { range, stepSeconds: STEP });
  await expect(reading).rejects.toThrow(/metrics of shop: not read whole/);
});
