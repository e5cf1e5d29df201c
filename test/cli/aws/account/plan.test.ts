import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutScalingPolicyCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasMoto, openMoto } from '#test/end-to-end/open-moto.ts';
import { motoAccount, variablesOf } from './moto-account.ts';
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
const DAY = 86_400;

describe.skipIf(!hasMoto)('plan against moto (skipped without MOTO_SERVER)', () => {
  const moto = openMoto();
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
});
