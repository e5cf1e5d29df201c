import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateOrUpdateTagsCommand,
  DeleteTagsCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ECS_DIMENSION } from '#adapters/aws/ecs/list-of-services.ts';
import { createJsonCall } from '#adapters/aws/json-call.ts';
import { serveCloudwatch } from '#test/emulators/metrics/serve-cloudwatch.ts';
import { hasMoto, openMoto } from '#test/end-to-end/open-moto.ts';
import { motoAccount, REGION, variablesOf } from './moto-account.ts';
import { publishMetric } from './publish-metric.ts';
import { runInProcess } from './run-in-process.ts';

/** A row of `modes` in the document of a plan. */
interface Mode {
  readonly mode: string;
  readonly raised_target: { readonly from: number; readonly to: number } | null;
  readonly instance_hours: number;
  readonly short_steps: number;
  readonly saved_instance_hours_per_month: number;
}

const DAYS = 8;
/** Tasks of the service; one core and two GiB each. */
const TASKS = 6;
const SERVICE = 'service/store/web';
const DAY = 86_400;

describe.skipIf(!hasMoto)('plan against moto (skipped without MOTO_SERVER)', () => {
  const moto = openMoto({ MOTO_ECS_SERVICE_RUNNING: `${TASKS}` });
  const run = (...args: readonly string[]) => runInProcess(variablesOf(moto().endpoint), ...args);
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'foreprint-plan-'));
    // What is published until now must still be until now when it is read.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const account = motoAccount(moto().endpoint);
    await account.createLaunchConfiguration();
    await account.createGroup('shop');
    await account.createGroup('idle');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await rm(directory, { recursive: true, force: true });
  });

  // First: moto looks at every point that it has for every point that it is asked for.
  test('names missing groups and groups without metrics', async () => {
    expect(await run('plan', 'shpo', 'shop')).toMatchObject({
      status: 2,
      message: 'no Auto Scaling group "shpo" in this region',
    });
    expect(await run('plan', 'idle', '--days', '8')).toMatchObject({
      status: 2,
      message: 'CloudWatch has no data of these groups in the last 8 days',
    });
  });

  async function publishShop(): Promise<void> {
    const account = motoAccount(moto().endpoint);
    const client = new CloudWatchClient(account.configuration);
    const day = (seconds: number) => Math.cos(((seconds % DAY) / DAY) * 2 * Math.PI);
    await publishMetric(
      client,
      { namespace: 'AWS/EC2', name: 'CPUUtilization', group: 'shop' },
      { days: DAYS, valueAt: (seconds) => 30 + 20 * day(seconds) },
    );
    await publishMetric(
      client,
      { namespace: 'AWS/AutoScaling', name: 'GroupInServiceInstances', group: 'shop' },
      { days: DAYS, valueAt: () => 6 },
    );
  }

  test('replays CloudWatch data with the group’s instances, and prices the savings', async () => {
    await publishShop();
    const [json, report] = ['plan.json', 'plan.html'].map((name) => path.join(directory, name));
    const outputs = ['--json', json!, '--report', report!, '--workers', '1'];
    const { status, lines, message } = await run(
      ...['plan', 'shop', 'idle', '--days', `${DAYS}`, '--price', '0.1', ...outputs],
    );
    expect([status, message]).toEqual([0, null]);
    const document = JSON.parse(await readFile(json!, 'utf8'));
    const [shop, ...others] = document.groups;
    expect(others).toEqual([]);
    expect(shop).toMatchObject({
      group: 'shop',
      instance_types: ['m5.large'],
      evaluated_hours: 24,
    });
    expect(shop.in_service_instance_hours).toBeCloseTo(6 * 24, 6);
    // Six instances of two cores are at most half used: four would be enough, and seldom.
    const ours = shop.policies.find(({ name }: { name: string }) => name === 'foreprint');
    expect(ours.instanceHours).toBeLessThan(4 * 24);
    expect(shop.modes.map(({ mode }: Mode) => mode)).toEqual(['alone', 'scale-out', 'full']);
    const full: Mode = shop.modes.at(-1);
    expect(full.instance_hours).toBeLessThan(6 * 24);
    expect(shop.saved_usd_per_month).toBeCloseTo((6 - full.instance_hours / 24) * 730 * 0.1, 6);
    expect(document.replay.trace).toMatchObject({ simulated: false, applications: 1 });
    expect(await readFile(report!, 'utf8')).toContain('CloudWatch eu-west-1: shop, idle');
    expect(lines.join('\n')).toMatch(/shop.*m5\.large at \$0\.1.*144/);
  });

  test('counts what tags of a group expect of the days that it promises, and says so', async () => {
    const { scaling } = motoAccount(moto().endpoint);
    const now = Date.now();
    const [from, to] = [now - DAY * 1000, now].map((ms) => new Date(ms).toISOString());
    const tag = (Key: string, Value: string) =>
      scaling.send(
        new CreateOrUpdateTagsCommand({
          Tags: [{ ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key, Value }],
        }),
      );
    await tag('foreprint:expect', `fair: ${from}/${to} least=7`);
    await tag('foreprint:expect-1', 'feast: 2039-12-25 like=sunday');
    await tag('foreprint:expect-2', 'soon');
    const json = path.join(directory, 'expected.json');
    const { status, lines, notes } = await run(
      ...['plan', 'shop', '--days', `${DAYS}`, '--price', '0.1', '--json', json, '--workers', '1'],
    );
    for (const Key of ['foreprint:expect', 'foreprint:expect-1', 'foreprint:expect-2']) {
      const Tags = [{ ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key }];
      await scaling.send(new DeleteTagsCommand({ Tags }));
    }
    expect(status).toBe(0);
    const [shop] = JSON.parse(await readFile(json, 'utf8')).groups;
    expect(shop.expected_events).toEqual({
      counted: [expect.stringMatching(/^fair, at least 7 from .* until /)],
      not_counted: ['feast'],
    });
    // Without the event less than four would be enough, as the test before shows.
    const ours = shop.policies.find(({ name }: { name: string }) => name === 'foreprint');
    expect(ours.instanceHours).toBeGreaterThan(6.5 * 24);
    const floor: Mode = shop.modes.find(({ mode }: Mode) => mode === 'scale-out');
    expect(floor.instance_hours).toBeGreaterThan(6.5 * 24);
    expect(lines.join('\n')).toMatch(/shop: known beforehand and counted: fair, at least 7/);
    expect(notes).toMatch(/tag foreprint:expect-2 of shop, "soon".*; left out/);
  });

  test('promises a group with a policy of its own no hours in scale-out', async () => {
    const { scaling } = motoAccount(moto().endpoint);
    await scaling.send(
      new PutScalingPolicyCommand({
        AutoScalingGroupName: 'shop',
        PolicyName: 'keep-cpu',
        PolicyType: 'TargetTrackingScaling',
        EstimatedInstanceWarmup: 120,
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue: 50,
        },
      }),
    );
    const json = path.join(directory, 'beside.json');
    const { status, lines, message } = await run(
      ...['plan', 'shop', '--days', `${DAYS}`, '--price', '0.1', '--json', json, '--workers', '1'],
    );
    expect([status, message]).toEqual([0, null]);
    const { groups } = JSON.parse(await readFile(json, 'utf8'));
    const [shop] = groups;
    expect(shop).toMatchObject({ own_scaling_policies: ['keep-cpu'], not_simulated: null });
    const [alone, beside, ...others]: Mode[] = shop.modes;
    expect([alone?.mode, beside?.mode]).toEqual(['alone', 'scale-out']);
    expect(alone?.instance_hours).toBeGreaterThan(0);
    expect(beside?.saved_instance_hours_per_month).toBeLessThanOrEqual(0);
    expect(shop.saved_usd_per_month).toBeLessThanOrEqual(0);
    for (const { raised_target: target, ...mode } of others) {
      if (target === null) continue;
      expect(target.from).toBe(0.5);
      expect(mode.instance_hours).toBeLessThan(alone?.instance_hours ?? 0);
      expect(mode.short_steps).toBeLessThanOrEqual(alone?.short_steps ?? 0);
    }
    expect(lines.join('\n')).toMatch(/shop.*keep-cpu alone/);
  });

  async function createService(): Promise<void> {
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const call = createJsonCall(() => ({ region: REGION, credentials, endpoint: moto().endpoint }));
    const scaling = (action: string, input: object) =>
      call('application-autoscaling', action, { ...ECS_DIMENSION, ResourceId: SERVICE, ...input });
    await call('ecs', 'CreateCluster', { clusterName: 'store' });
    await call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      cpu: '1024',
      memory: '2048',
      containerDefinitions: [{ name: 'web', image: 'web' }],
    });
    const tasks = { taskDefinition: 'web', desiredCount: TASKS, launchType: 'FARGATE' };
    await call('ecs', 'CreateService', { cluster: 'store', serviceName: 'web', ...tasks });
    await scaling('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 20 });
    for (const [resource, TargetValue] of [
      ['CPU', 50],
      ['Memory', 60],
    ] as const) {
      const PredefinedMetricType = `ECSServiceAverage${resource}Utilization`;
      await scaling('PutScalingPolicy', {
        PolicyName: `keep-${resource}`,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          ...{ TargetValue, PredefinedMetricSpecification: { PredefinedMetricType } },
        },
      });
    }
    await scaling('PutScheduledAction', {
      ScheduledActionName: 'nightly',
      Schedule: 'cron(0 1 * * ? *)',
      ScalableTargetAction: { MinCapacity: 2 },
    });
  }

  test('replays a service beside its tracking of CPU and memory and its schedule', async () => {
    await createService();
    const wave = (seconds: number) => Math.cos(((seconds % DAY) / DAY) * 2 * Math.PI);
    // moto looks at every point that it has for every point that it is asked for.
    const cloudwatch = await serveCloudwatch(({ group, name, stat }, seconds) => {
      if (group !== SERVICE) return null;
      if (stat === 'SampleCount') return TASKS * 5;
      return name === 'MemoryUtilization' ? 55 : 30 + 20 * wave(seconds);
    });
    const json = path.join(directory, 'service.json');
    const variables = {
      ...variablesOf(moto().endpoint),
      AWS_ENDPOINT_URL_CLOUDWATCH: cloudwatch.endpoint,
    };
    const { status, lines, message } = await runInProcess(
      variables,
      ...['plan', SERVICE, '--days', `${DAYS}`, '--price', '0.05', '--json', json],
      ...['--workers', '1'],
    );
    cloudwatch.close();
    expect([status, message]).toEqual([0, null]);
    const [web] = JSON.parse(await readFile(json, 'utf8')).groups;
    expect(web).toMatchObject({
      group: SERVICE,
      own_scaling_policies: ['keep-CPU', 'keep-Memory'],
      not_simulated: null,
    });
    expect(web.in_service_instance_hours).toBeCloseTo(TASKS * 24, 6);
    const [alone, beside]: Mode[] = web.modes;
    expect([alone?.mode, beside?.mode]).toEqual(['alone', 'scale-out']);
    // 55 % of six tasks' memory are six tasks at 60 %; CPU alone would take five at most.
    expect(alone?.instance_hours).toBeCloseTo(TASKS * 24, 6);
    expect(beside?.instance_hours).toBeGreaterThanOrEqual(TASKS * 24);
    expect(lines.join('\n')).toMatch(/service\/store\/web.*web:1 at \$0\.05/);
  });
});
