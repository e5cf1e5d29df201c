import { expect, it } from 'vitest';
import type { GroupMetric } from '#adapters/aws/cloudwatch/group-metrics.ts';
import { memoryMetricOf } from '#adapters/aws/cloudwatch/memory-metric.ts';
import { findingLines } from '#cli/aws/doctor/finding-lines.ts';
import { metricFindings } from '#cli/aws/doctor/metric-findings.ts';

const found = (
  published: readonly GroupMetric[],
  monitoringSeconds: 60 | 300 | null,
  {
    instances = 2,
    taggedSeconds = 300,
    isWeighted = false,
  }: {
    readonly instances?: number;
    readonly taggedSeconds?: 60 | 300;
    readonly isWeighted?: boolean;
  } = {},
) =>
  Object.fromEntries(
    metricFindings(
      { group: 'web site', instances, taggedSeconds, isWeighted, memoryMetric: memoryMetricOf() },
      { published: new Set(published), monitoringSeconds },
    ).map(({ check, status, run }) => [check, { status, run }]),
  );

it('finds no fault in a group that publishes all metrics', () => {
  const all = found(['cpuPercent', 'cpuSamples', 'inService', 'memoryPercent'], 60);
  expect(Object.values(all).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

it('fails if detailed monitoring would count instances five times', () => {
  expect(found(['cpuSamples'], 60)['instances']?.status).toBe('failed');
  expect(found(['cpuSamples'], 300)['instances']?.status).toBe('warning');
  const tagged = { taggedSeconds: 60 as const };
  expect(found(['cpuSamples'], 60, tagged)['instances']?.status).toBe('warning');
  expect(found(['cpuSamples'], 300, tagged)['instances']?.status).toBe('failed');
});

it('distinguishes a group without instances from one without metrics', () => {
  expect(found([], null, { instances: 0 })['CPU']?.status).toBe('warning');
  expect(found([], null, { instances: 2 })['CPU']?.status).toBe('failed');
});

it('asks for the capacity in units of a group with weights, and of no other', () => {
  const weighted = { isWeighted: true };
  expect(found(['inService'], 60, weighted)['weights']).toMatchObject({
    status: 'warning',
    run: expect.stringContaining('--metrics GroupInServiceCapacity'),
  });
  expect(found(['inService', 'inServiceUnits'], 60, weighted)).not.toHaveProperty('weights');
  expect(found(['inService'], 60)).not.toHaveProperty('weights');
});

it('quotes names for the shell', () => {
  expect(found([], 300)['memory']?.run).toContain(
    "--targets 'Key=tag:aws:autoscaling:groupName,Values=web site'",
  );
  const [finding] = metricFindings(
    {
      ...{ group: 'web site', instances: 1, taggedSeconds: 300, isWeighted: false },
      memoryMetric: memoryMetricOf(),
    },
    { published: new Set(), monitoringSeconds: null },
  );
  expect(findingLines(finding!)[1]).toContain("Value='web site'");
});
