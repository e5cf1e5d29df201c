import { expect, it } from 'vitest';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { MetricReadError } from '#core/domain/metric-read-error.ts';
import type { ApplicationPoints, TimeRange } from '#core/domain/ports.ts';
import {
  emulateCloudwatch,
  type EmulatedCloudwatch,
  type PublishedMetric,
} from '#test/emulators/metrics/emulate-cloudwatch.ts';

const START = 1_795_478_400;
const PERIOD = 300;
const GIB = 2 ** 30;

const group = (applicationId: string): MeteredGroup => ({
  applicationId,
  applicationType: 'web',
  vcpus: 4,
  memoryBytes: 16 * GIB,
  monitoringSeconds: 300,
});
const range = (steps: number): TimeRange => ({
  fromSeconds: START,
  toSeconds: START + steps * PERIOD,
});

/** Metrics that are the same at all times, by name, or by name and statistic. */
const constant =
  (values: Readonly<Record<string, number>>): PublishedMetric =>
  ({ name, stat }) =>
    values[`${name} ${stat}`] ?? values[name] ?? null;

async function readAll(
  published: PublishedMetric,
  { groups = [group('shop')], steps = 1, prepare = (_: EmulatedCloudwatch): unknown => _ },
) {
  const emulated = emulateCloudwatch(published);
  prepare(emulated);
  const source = createCloudwatchMetricSource({
    client: emulated.client,
    groups,
    periodSeconds: PERIOD,
  });
  const read: ApplicationPoints[] = [];
  let error: unknown = null;
  try {
    for await (const points of source.read(range(steps))) read.push(points);
  } catch (caught) {
    error = caught;
  }
  return { read, error, sent: emulated.sent };
}

const cpuOf = (read: readonly ApplicationPoints[]) => read[0]?.points[0]?.footprint.cpu;

it('converts CloudWatch metrics to the footprint of all instances', async () => {
  const { read, error } = await readAll(
    constant({
      'CPUUtilization Average': 25,
      // One of the three does not report yet.
      'CPUUtilization SampleCount': 2,
      GroupInServiceInstances: 3,
      mem_used_percent: 50,
      EBSReadBytes: 300e6,
      EBSWriteBytes: 600e6,
      DiskReadBytes: 0,
      DiskWriteBytes: 30e6,
      NetworkIn: 90e6,
      NetworkOut: 60e6,
    }),
    {},
  );
  expect(error).toBeNull();
  expect(read).toEqual([
    {
      applicationId: 'shop',
      applicationType: 'web',
      points: [
        {
          timestampSeconds: START,
          footprint: {
            // 25 % of 4 vCPUs in 3 instances; half of 16 GiB in 3 instances; bytes of 300 s.
            cpu: 3,
            memory: 24 * GIB,
            disk: 3.1e6,
            network: 0.5e6,
          },
        },
      ],
    },
  ]);
});

it('counts instances by their CPU samples if group metrics are disabled', async () => {
  const cpu = { 'CPUUtilization Average': 50, 'CPUUtilization SampleCount': 20 };
  const basic = await readAll(constant(cpu), {});
  expect(cpuOf(basic.read)).toBe(0.5 * 4 * 20);
  const detailed = { ...group('shop'), monitoringSeconds: 60 } as const;
  const { read } = await readAll(constant(cpu), { groups: [detailed] });
  expect(cpuOf(read)).toBe(0.5 * 4 * 4);
});

it('omits memory without the agent, and yields no points without any metric', async () => {
  const { read } = await readAll(constant({ NetworkIn: 3000 }), {});
  expect(read[0]?.points[0]?.footprint).toEqual({
    cpu: null,
    memory: null,
    disk: null,
    network: 10,
  });
  expect((await readAll(constant({}), {})).read).toEqual([]);
});

it('reads memory under the name and in the namespace that the group says', async () => {
  const windows = { namespace: 'Shop', name: 'Memory % Committed Bytes In Use' };
  const groups = [{ ...group('shop'), memoryMetric: windows }];
  const { read } = await readAll(
    constant({ [windows.name]: 25, mem_used_percent: 50, GroupInServiceInstances: 2 }),
    { groups },
  );
  expect(read[0]?.points[0]?.footprint.memory).toBe(8 * GIB);
});

it('requests 500 metrics per call and reads all pages', async () => {
  const groups = Array.from({ length: 120 }, (_, k) => group(`app-${k}`));
  const byTime: PublishedMetric = ({ name, group: of }, at) =>
    name === 'NetworkIn' ? at - START + Number(of.slice(4)) * PERIOD : null;
  const { read, sent, error } = await readAll(byTime, { groups, steps: 250 });
  expect(error).toBeNull();
  const sizes = sent.map(({ input }) => (input['MetricDataQueries'] as unknown[]).length);
  expect(sizes).toEqual([500, 500, 500, 500, 500, 500, 200, 200, 200]);
  expect(read.map(({ applicationId }) => applicationId)).toEqual(
    groups.map(({ applicationId }) => applicationId),
  );
  read.forEach(({ points }, k) => {
    expect(points.map(({ footprint }) => footprint.network)).toEqual(
      Array.from({ length: 250 }, (_, step) => step + k),
    );
  });
});

it('splits a long range into consecutive weeks', async () => {
  const { read } = await readAll(constant({ NetworkIn: 300 }), { steps: 5000 });
  expect(read.map(({ points }) => points.length)).toEqual([2016, 2016, 968]);
  const times = read.flatMap(({ points }) => points.map((point) => point.timestampSeconds));
  expect(times).toEqual(Array.from({ length: 5000 }, (_, k) => START + k * PERIOD));
});

it('reads all other groups when CloudWatch rejects one, and names it', async () => {
  const groups = Array.from({ length: 50 }, (_, k) => group(`app-${k}`));
  const { read, error } = await readAll(constant({ NetworkIn: 300 }), {
    groups,
    prepare: ({ refused }) => refused.add('app-17'),
  });
  expect(read).toHaveLength(49);
  expect(error).toBeInstanceOf(MetricReadError);
  expect((error as MetricReadError).unread).toMatchObject([
    { applicationId: 'app-17', range: range(1), reason: 'ValidationError: bad query' },
  ]);
});

it('omits a group with an incomplete metric', async () => {
  const { read, error } = await readAll(constant({ NetworkIn: 300, NetworkOut: 300 }), {
    groups: [group('shop'), group('search')],
    prepare: ({ statuses }) => statuses.set('shop NetworkOut', 'InternalError'),
  });
  expect(read.map(({ applicationId }) => applicationId)).toEqual(['search']);
  expect((error as MetricReadError).unread).toMatchObject([
    { applicationId: 'shop', reason: 'not read whole: NetworkOut (InternalError)' },
  ]);
});

it('requests only the metrics that a group is configured with', async () => {
  const metrics = ['networkIn', 'networkOut'] as const;
  const { read, sent } = await readAll(constant({ NetworkIn: 300, EBSReadBytes: 300 }), {
    groups: [{ ...group('shop'), metrics }, group('search')],
  });
  const queries = sent[0]?.input['MetricDataQueries'] as readonly { readonly Id: string }[];
  expect(queries.map(({ Id }) => Id).filter((id) => id.startsWith('g0'))).toEqual([
    'g0_networkIn',
    'g0_networkOut',
  ]);
  expect(queries).toHaveLength(12);
  expect(read.map(({ points }) => points[0]?.footprint.disk)).toEqual([null, 1]);
});

it('leaves periods that may still change for a later read', async () => {
  const read = async (monitoringSeconds: 60 | 300, nowSeconds: number) => {
    const { client } = emulateCloudwatch(constant({ CPUUtilization: 25, NetworkIn: 300 }));
    const groups = [{ ...group('shop'), monitoringSeconds }];
    const source = createCloudwatchMetricSource({
      client,
      groups,
      periodSeconds: PERIOD,
      nowSeconds,
    });
    const times: number[] = [];
    for await (const { points } of source.read(range(4))) {
      times.push(...points.map(({ timestampSeconds }) => (timestampSeconds - START) / PERIOD));
    }
    return times;
  };
  const end = START + 4 * PERIOD;
  expect(await read(60, end + 179)).toEqual([0, 1, 2]);
  expect(await read(60, end + 180)).toEqual([0, 1, 2, 3]);
  expect(await read(300, end + 299)).toEqual([0, 1]);
  expect(await read(300, end + 600)).toEqual([0, 1, 2, 3]);
});

it('takes use near 100 % for an estimate of the demand behind it', async () => {
  const cpuAt = async (percent: number) => {
    const metrics = { 'CPUUtilization Average': percent, GroupInServiceInstances: 3 };
    const { read } = await readAll(constant(metrics), {});
    return cpuOf(read);
  };
  expect(await cpuAt(90)).toBeCloseTo(10.8, 9);
  expect(await cpuAt(100)).toBeCloseTo(12 / 0.7, 9);
});

it('counts what a group with weights held then by its units, and by its instances without them', async () => {
  const weighted = { ...group('shop'), unit: { vcpus: 2, memoryBytes: 8 * GIB } };
  const without = {
    'CPUUtilization Average': 50,
    mem_used_percent: 25,
    GroupInServiceInstances: 3,
  };
  const published = { ...without, GroupInServiceCapacity: 10 };
  const { read } = await readAll(constant(published), { groups: [weighted] });
  expect(read[0]?.points[0]?.footprint).toMatchObject({ cpu: 10, memory: 20 * GIB });
  const { read: byInstances } = await readAll(constant(without), { groups: [weighted] });
  expect(byInstances[0]?.points[0]?.footprint).toMatchObject({ cpu: 6, memory: 12 * GIB });
  // Nobody pays for a metric that a group without weights has no use of.
  const { read: alike, sent } = await readAll(constant(published), {});
  expect(cpuOf(alike)).toBe(6);
  expect(JSON.stringify(sent)).not.toContain('GroupInServiceCapacity');
});

it('asks for no more than CloudWatch accepts where many groups have weights', async () => {
  const unit = { vcpus: 2, memoryBytes: 8 * GIB };
  const groups = Array.from({ length: 100 }, (_, k) => ({
    ...group(`g${k}`),
    ...(k % 2 === 0 && { unit }),
  }));
  const { read, error, sent } = await readAll(constant({ NetworkIn: 3000 }), { groups });
  expect(error).toBeNull();
  expect(read).toHaveLength(100);
  expect(sent).toHaveLength(3);
});
