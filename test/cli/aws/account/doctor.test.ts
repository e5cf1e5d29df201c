import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasMoto, openMoto } from '#test/end-to-end/open-moto.ts';
import { motoAccount, variablesOf } from './moto-account.ts';
import { runInProcess } from './run-in-process.ts';

interface Found {
  readonly check: string;
  readonly group: string | null;
  readonly status: string;
  readonly text: string;
  readonly run: string | null;
}

describe.skipIf(!hasMoto)('doctor against moto (skipped without MOTO_SERVER)', () => {
  const moto = openMoto();
  let directory = '';
  const run = (...args: readonly string[]) => runInProcess(variablesOf(moto().endpoint), ...args);
  const account = () => motoAccount(moto().endpoint);

  async function examine(...args: readonly string[]) {
    const file = path.join(directory, 'findings.json');
    const result = await run('doctor', ...args, '--json', file);
    const { findings } = JSON.parse(await readFile(file, 'utf8')) as { findings: Found[] };
    const of = (check: string, group: string | null = null) =>
      findings.find((found) => found.check === check && found.group === group);
    return { ...result, findings, of };
  }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'foreprint-doctor-'));
    await account().createLaunchConfiguration();
    for (const name of ['shop', 'blog']) await account().createGroup(name);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function publish(group: string, namespace: string, name: string, samples: number) {
    const client = new CloudWatchClient(account().configuration);
    const start = Math.floor(Date.now() / 300_000) * 300_000;
    const MetricData = Array.from({ length: samples }, (_, k) => ({
      MetricName: name,
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: group }],
      Timestamp: new Date(start - 600_000 + k * 1000),
      Value: 2,
    }));
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  }

  test('reports before the deployment what is missing, and exits with status 1', async () => {
    const { status, message, of } = await examine();
    expect([status, message]).toEqual([1, '1 check failed']);
    expect(of('credentials')).toMatchObject({ status: 'ok' });
    expect(of('deployment')).toMatchObject({ status: 'failed', run: 'npx cdk deploy' });
    expect(of('groups')).toMatchObject({ status: 'warning', run: 'npx foreprint enrol NAME…' });
    expect(of('timestream')?.status).toBe('ok');
  });

  test('reports no failure if everything works', async () => {
    await account().deploy('Foreprint');
    await account().putParameter('switch', 'run');
    await run('enrol', 'shop', '--mode', 'scale-out');
    await publish('shop', 'AWS/EC2', 'CPUUtilization', 2);
    await publish('shop', 'AWS/AutoScaling', 'GroupInServiceInstances', 1);
    await publish('shop', 'CWAgent', 'mem_used_percent', 2);
    const { status, of } = await examine();
    expect(status).toBe(0);
    expect(of('kill switch')?.status).toBe('ok');
    for (const check of ['enrolment', 'hooks', 'CPU', 'instances', 'memory']) {
      expect(of(check, 'shop'), check).toMatchObject({ status: 'ok', run: null });
    }
    expect(of('CPU', 'shop')?.text).toContain('basic monitoring');
  });

  test('reports the faults of a group, and the commands to run', async () => {
    await publish('blog', 'AWS/EC2', 'CPUUtilization', 10);
    const { status, lines, of } = await examine('blog', 'shpo');
    expect(status).toBe(1);
    expect(of('enrolment', 'blog')).toMatchObject({
      status: 'failed',
      run: 'npx foreprint enrol blog',
    });
    expect(of('enrolment', 'shpo')?.text).toContain('no such Auto Scaling group');
    expect(of('CPU', 'blog')?.text).toContain('detailed monitoring');
    expect(of('instances', 'blog')).toMatchObject({
      status: 'failed',
      run: expect.stringContaining('enable-metrics-collection --auto-scaling-group-name blog'),
    });
    expect(of('memory', 'blog')?.status).toBe('warning');
    expect(lines).toContain('failed   blog: enrolment: not enrolled');
    expect(lines).toContain('         → npx foreprint enrol blog');
  });

  test('reports a stopped kill switch and a minimum that was not restored', async () => {
    await account().putParameter('switch', 'stop');
    await account().raise('blog', 4);
    const { of } = await examine();
    expect(of('kill switch')).toMatchObject({
      status: 'warning',
      run: 'aws ssm put-parameter --name switch --value run --overwrite',
    });
    expect(of('minimum', 'blog')).toMatchObject({ run: 'npx foreprint retire blog' });
  });

  test('reports only missing credentials without credentials', async () => {
    const { status, lines } = await runInProcess({ AWS_REGION: 'eu-west-1' }, 'doctor');
    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^failed +credentials: no AWS credentials found/);
    expect(lines).toHaveLength(2);
  });
});
