import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runInDirectory } from '#test/cli/run-in-process.ts';
import { clusterHistory, podCores } from '#test/emulators/cluster-history.ts';
import {
  SKIP_PROMETHEUS,
  startPrometheus,
  type PrometheusServer,
} from '#test/emulators/metrics/prometheus-server.ts';

/** The time that commands take for now. */
const NOW = Date.UTC(2026, 5, 1) / 1000;
const DAY = 86_400;

const requested = z.object({ cpu: z.number(), memory: z.number(), instanceHours: z.number() });
const requestsOf = (document: unknown) =>
  z.object({ requested, applications: z.array(z.object({ requested })) }).parse(document);

describe.skipIf(SKIP_PROMETHEUS)('a real Prometheus', () => {
  let server: PrometheusServer;
  beforeAll(async () => {
    const range = { fromSeconds: NOW - 9 * DAY, toSeconds: NOW, scrapeSeconds: 150 };
    server = await startPrometheus(clusterHistory(range));
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await server.stop();
  });

  const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-prometheus-'));
  const run = (name: string, ...args: readonly string[]) => {
    mkdirSync(path.join(directory, name), { recursive: true });
    return runInDirectory(path.join(directory, name), ...args, '--prometheus-url', server.url);
  };
  const read = (...names: readonly string[]): unknown =>
    JSON.parse(readFileSync(path.join(directory, ...names), 'utf8'));

  it('shows queries, series and first values with --dry-run and stores nothing', async () => {
    const { status, stdout } = await run('dry', 'import', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('preset kubernetes, workloads from kube-state-metrics');
    expect(stdout).toContain('3 applications by namespace/workload');
    expect(stdout).toMatch(/cpu: sum by \(namespace, workload\).*\[300s\]/);
    expect(stdout).toMatch(/3 series, [\d,]+ points at most; shop\/checkout 1\.\d+ cores/);
    expect(stdout).toMatch(/shop\/checkout\s+6 cores\s+3 GiB/);
    expect(await run('dry', 'replay', '--dry-run')).toMatchObject({ status: 0 });
  });

  it('replays in one command, without a store, and says what pods request', async () => {
    const policies = ['--policies', 'foreprint,target-tracking-70', '--knobs', 'foreprint=0.9'];
    const { status, stdout, stderr } = await run(
      'replay',
      'replay',
      ...policies,
      '--json',
      'r.json',
      '--since',
      '9d',
      '--by',
      'namespace',
      '--csv',
      'r.csv',
    );
    expect(stderr).toContain('today the pods request 10 cores of cpu; on average they used');
    expect(status).toBe(0);
    expect(stdout).toContain('report: report/index.html');
    expect(read('replay', 'r.json')).toMatchObject({
      trace: { applications: 1, stepSeconds: 300, steps: 9 * 288 },
    });
    expect(stdout).toMatch(/^pod requests +[\d,]+ /m);
    const cores = { cpu: 10, memory: 5 * 2 ** 30 };
    // Evaluated are the two days after the first week.
    const { requested, applications } = requestsOf(read('replay', 'r.json'));
    expect(requested).toMatchObject(cores);
    expect(applications[0]?.requested).toEqual(requested);
    const [head = '', row = ''] = readFileSync(
      path.join(directory, 'replay', 'r.csv'),
      'utf8',
    ).split('\n');
    expect(head).toMatch(/,requested_cpu,requested_memory,requested_instance_hours$/);
    expect(row.split(',').slice(-3).map(Number)).toEqual([
      cores.cpu,
      cores.memory,
      requested.instanceHours,
    ]);
    // Of the same instances as the policies': all of the time as many as ten cores take.
    const used = 3.5 * (0.5 + 0.4);
    expect(requested.instanceHours / 48).toBeCloseTo(10 / (used / 12), 0);
  });

  it('imports what was measured over each step, and goes on from what is stored', async () => {
    const first = await run(
      'store',
      'import',
      '--since',
      '2d',
      '--end',
      '2026-05-31',
      '--json',
      '-',
    );
    expect(first).toMatchObject({ status: 0 });
    const again = await run('store', 'import', '--json', 'again.json');
    expect(again).toMatchObject({ status: 0 });
    // Four steps again, and the day that was not stored yet.
    expect(read('store', 'again.json')).toMatchObject({
      applications: 3,
      points: 3 * (288 + 900 / 300 + 1),
    });
    const profile = await run('store', 'monitor', '--once', '--json', 'monitor.json');
    expect(profile).toMatchObject({ status: 0 });
    const last = NOW - 300;
    // Mean of the two scrapes within the last step, of three pods.
    const expected = (3 * (podCores(last + 150) + podCores(last + 300))) / 2;
    const document = read('store', 'monitor.json');
    expect(document).toMatchObject({
      applications: expect.arrayContaining([
        expect.objectContaining({ application_id: 'shop/checkout' }),
      ]),
    });
    expect(JSON.stringify(document)).toContain(String(expected).slice(0, 5));
  });

  it('takes queries of the user, adds up what --by leaves together, and skips what is no number', async () => {
    const query = ['--cpu', 'queue_cores', '--by', 'queue', '--step', '300', '--since', '6h'];
    expect(await run('own', 'import', ...query, '--json', 'i.json')).toMatchObject({ status: 0 });
    expect(read('own', 'i.json')).toMatchObject({ applications: 1, points: 72 });
    const all = await run(
      'own',
      'import',
      '--cpu',
      'queue_cores{team="a"}',
      '--since',
      '6h',
      '--json',
      'a.json',
    );
    expect(all).toMatchObject({ status: 0 });
    // Of twelve values an hour, one is NaN and one is infinite.
    expect(read('own', 'a.json')).toMatchObject({ applications: 1, points: 60 });
  });

  it('refuses in one line what cannot be read', async () => {
    const wrong = await run('wrong', 'import', '--cpu', 'sum(');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/refused a query \(400\): .*parse error/);
    const none = await run('wrong', 'import', '--preset', 'node-exporter');
    expect(none.stderr).toContain('no query has a series');
    const unreachable = await runInDirectory(
      directory,
      'import',
      '--prometheus-url',
      'http://127.0.0.1:1',
    );
    expect(unreachable).toMatchObject({ status: 2 });
    expect(unreachable.stderr).toMatch(/http:\/\/127.0.0.1:1 cannot be reached/);
    const both = await run('wrong', 'import', 'x.csv');
    expect(both.stderr).toContain('either traces or --prometheus-url');
  });
});
