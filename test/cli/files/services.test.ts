import { expect, it } from 'vitest';
import { resourceOfMetric } from '#adapters/local/formats/metric-resource.ts';
import {
  all,
  cores,
  COUNT,
  filesIn,
  holds,
  imported,
  isoOf,
  list,
  refusal,
  steps,
  stored,
  wallOf,
} from './import-file.ts';

const promSeries = (labels: object, of: (k: number) => string) => ({
  metric: labels,
  values: list((k, seconds) => [seconds, of(k)]),
});
const promJson = (...result: readonly object[]): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });

it('Prometheus, query_range: pods are added up to what --by names', async () => {
  const json = promJson(
    promSeries({ namespace: 'shop', deployment: 'web', pod: 'web-1' }, (k) => String(cores(k))),
    promSeries({ namespace: 'shop', deployment: 'web', pod: 'web-2' }, (k) =>
      k === 2 ? 'NaN' : '0.5',
    ),
  );
  const both = all.map((value, k) => (k === 2 ? value : value + 0.5));
  const by = ['--by', 'namespace,deployment'];
  await holds(['cpu.json', json], ['--resource', 'cpu', ...by], { 'shop/web': { cpu: both } });
  const directory = await filesIn({ 'p.json': json });
  expect(await refusal(directory, 'p.json')).toBe(
    'p.json: does not say which resource it measures; try foreprint import p.json --resource cpu (or memory, disk, network)',
  );
  expect(await refusal(directory, 'p.json', '--resource', 'cpu', '--by', 'team')).toContain(
    'a series has no label team; it has namespace, deployment, pod (--by)',
  );
});

it('Prometheus: a resource for each of two files', async () => {
  const directory = await filesIn({
    'a.json': promJson(promSeries({ deployment: 'web' }, (k) => String(cores(k)))),
    'b.json': promJson(promSeries({ deployment: 'web' }, () => '3e9')),
  });
  const resources = ['--resource', 'cpu', '--resource', 'memory'];
  await imported(directory, 'a.json', 'b.json', ...resources);
  const { web } = await stored(directory);
  expect([web?.cpu?.values, web?.memory?.values]).toEqual([all, all.map(() => 3e9)]);
});

it('Prometheus: a counter is asked about, and --unit takes its rate', async () => {
  const name = { __name__: 'container_cpu_usage_seconds_total', pod: 'web-1' };
  const json = promJson(promSeries(name, (k) => String(100 + 150 * k)));
  const directory = await filesIn({ 'c.json': json });
  expect(await refusal(directory, 'c.json')).toBe(
    'c.json: container_cpu_usage_seconds_total is a counter, of which the rate is needed; try foreprint import c.json --unit cpu=counter',
  );
  await imported(directory, 'c.json', '--unit', 'cpu=counter');
  expect((await stored(directory))['web-1']?.cpu).toEqual({
    from: 300,
    step: 300,
    values: [0.5, 0.5, 0.5, 0.5, 0.5],
  });
});

it('promtool query range', async () => {
  const text = `{deployment="web", namespace="shop"} =>\n${steps(COUNT, (k, s) => `${cores(k)} @[${s}]`)}\n`;
  await holds(['prom.txt', text], ['--resource', 'cpu'], { 'shop/web': { cpu: all } });
});

it('Grafana CSV, joined by time', async () => {
  const csv = `"Time","web","api"\n${steps(COUNT, (k, s) => `${wallOf(s)},${cores(k)},${k === 1 ? '' : 2}`)}\n`;
  const api = all.map((_, k) => (k === 1 ? NaN : 2));
  await holds(['g.csv', csv], ['--resource', 'cpu'], { web: { cpu: all }, api: { cpu: api } });
});

it('Grafana CSV with label names', async () => {
  const header = `"Time","{namespace=""shop"", pod=""web""}","{namespace=""shop"", pod=""api""}"`;
  const csv = `${header}\n${steps(COUNT, (k, s) => `${s * 1000},${cores(k)},2`)}\n`;
  await holds(['g.csv', csv], ['--resource', 'cpu', '--by', 'namespace,pod'], {
    'shop/web': { cpu: all },
    'shop/api': { cpu: all.map(() => 2) },
  });
});

it('Grafana CSV for Excel', async () => {
  const csv = `\uFEFFsep=,\r\n"Time","web"\r\n${steps(COUNT, (k, s) => `${s * 1000},${cores(k)}\r`)}\n`;
  await holds(['g.csv', csv], ['--resource', 'cpu'], { web: { cpu: all } });
});

it('Grafana CSV with units', async () => {
  const csv = `Time,web\n${steps(COUNT, (k, s) => `${wallOf(s)},${k === 0 ? '512 MiB' : '3.5 GiB'}`)}\n`;
  await holds(['g.csv', csv], ['--resource', 'memory'], {
    web: { memory: all.map((_, k) => (k === 0 ? 0.5 : 3.5) * 2 ** 30) },
  });
});

it('CloudWatch get-metric-data, newest first: percent is asked about', async () => {
  const newest = list((_, seconds) => isoOf(seconds)).reverse();
  const json = JSON.stringify({
    MetricDataResults: [
      { Id: 'm1', Label: 'web CPUUtilization', Timestamps: newest, Values: list((k) => 50 - k) },
    ],
  });
  const directory = await filesIn({ 'cw.json': json });
  expect(await refusal(directory, 'cw.json')).toContain(
    'cw.json: CPUUtilization is in percent; try foreprint import cw.json --unit cpu=percent:4',
  );
  await holds(['cw.json', json], ['--unit', 'cpu=percent:2x3'], {
    web: { cpu: list((k) => ((45 + k) * 6) / 100) },
  });
});

it('CloudWatch get-metric-statistics, unsorted', async () => {
  const points = list((k, s) => ({ Timestamp: isoOf(s), Sum: 3e6 * (k + 1), Unit: 'Bytes' }));
  const json = JSON.stringify({
    Label: 'NetworkIn',
    Datapoints: [...points.slice(3), ...points.slice(0, 3)],
  });
  const directory = await filesIn({ 'web.json': json });
  expect(await refusal(directory, 'web.json')).toContain('--unit network=bytes/step');
  await holds(['web.json', json], ['--unit', 'network=bytes/step'], {
    web: { network: list((k) => 1e4 * (k + 1)) },
  });
});

it('metric streams, JSON lines', async () => {
  const line = (k: number, s: number) =>
    JSON.stringify({
      metric_stream_name: 'all',
      namespace: 'AWS/EC2',
      metric_name: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: 'web' },
      timestamp: s * 1000,
      value: { max: 99, min: 0, sum: 200 * cores(k), count: 2 },
      unit: 'Percent',
    });
  await holds(['stream.jsonl', `${steps(COUNT, line)}\n`], ['--unit', 'cpu=percent:1'], {
    web: { cpu: all },
  });
});

it('Datadog, nanocores', async () => {
  const json = JSON.stringify({
    status: 'ok',
    series: [
      {
        metric: 'kubernetes.cpu.usage.total',
        scope: 'service:web',
        tag_set: ['service:web'],
        unit: [{ family: 'cpu', name: 'nanocore' }, null],
        pointlist: list((k, s) => [s * 1000, k === 1 ? null : cores(k) * 1e9]),
      },
    ],
  });
  await holds(['dd.json', json], [], { web: { cpu: all.map((v, k) => (k === 1 ? NaN : v)) } });
});

it.each([
  ['kubernetes.cpu.usage.total', 'cpu'],
  ['kubernetes.network.tx_bytes', 'network'],
  ['container_memory_working_set_bytes', 'memory'],
  ['container_fs_writes_bytes_total', 'disk'],
  ['node_memory_MemAvailable_bytes', null],
  ['CPUCreditBalance', null],
  ['kube_pod_container_resource_limits_cpu_cores', null],
  ['http_requests_total', null],
])('the resource of %s is %s', (metric, resource) => {
  expect(resourceOfMetric(metric)).toBe(resource);
});
