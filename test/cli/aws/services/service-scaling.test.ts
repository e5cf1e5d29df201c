import { describe, expect, it } from 'vitest';
import {
  listServicePolicies,
  metricOfGroup,
  policyAsOfGroup,
} from '#adapters/aws/ecs/list-service-policies.ts';
import { parsePolicy } from '#cli/aws/plan/parse-policy.ts';
import { scheduledTargetRuns } from '#cli/aws/plan/scheduled-runs.ts';

const ID = 'service/shop/web';
const at = (text: string) => Date.parse(text) / 1000;

/** What the simulation makes of a policy as Application Auto Scaling describes it. */
async function parsed(policy: object, alarms: readonly object[] = []) {
  const described = { PolicyName: 'own', ResourceId: ID, ...policy };
  const listed = await listServicePolicies(async () => ({ ScalingPolicies: [described] }));
  const [own] = listed.get(ID) ?? [];
  if (own === undefined) throw new Error('not listed');
  const byName = alarms.map((alarm, k) => [`alarm-${k}`, metricOfGroup(alarm)] as const);
  return parsePolicy(policyAsOfGroup(own), { DefaultCooldown: undefined }, new Map(byName));
}

const alarm = {
  MetricName: 'CPUUtilization',
  Namespace: 'AWS/ECS',
  Statistic: 'Average',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 70,
  Period: 60,
  EvaluationPeriods: 3,
};
const steps = {
  PolicyType: 'StepScaling',
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'PercentChangeInCapacity',
    StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 50 }],
    MinAdjustmentMagnitude: 2,
    Cooldown: 120,
  },
  Alarms: [{ AlarmName: 'alarm-0' }],
};

describe('a policy of a service as the simulation knows it', () => {
  it.each([
    ['ECSServiceAverageCPUUtilization', { target: 0.6 }],
    ['ECSServiceAverageMemoryUtilization', { target: 0.6, resource: 'memory' }],
  ])('tracks %s', async (PredefinedMetricType, rules) => {
    const policy = {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        ...{ TargetValue: 60, ScaleOutCooldown: 90, DisableScaleIn: true },
        PredefinedMetricSpecification: { PredefinedMetricType },
      },
    };
    expect(await parsed(policy)).toEqual([
      { kind: 'tracking', scalesIn: false, warmUpSeconds: 90, ...rules },
    ]);
  });

  it('takes steps of an alarm of CPU or of memory', async () => {
    const rules = {
      ...{ kind: 'step', type: 'percent', leastChange: 2, warmUpSeconds: 120 },
      alarm: { threshold: 0.7, comparison: '>', periodSeconds: 60, points: 3, periods: 3 },
      steps: [{ from: 0, to: Infinity, adjustment: 50 }],
    };
    expect(await parsed(steps, [alarm])).toMatchObject([rules]);
    const ofMemory = { ...alarm, MetricName: 'MemoryUtilization' };
    expect(await parsed(steps, [ofMemory])).toMatchObject([{ ...rules, resource: 'memory' }]);
  });

  it('forecasts CPU', async () => {
    const policy = (PredefinedMetricType: string) => ({
      PolicyType: 'PredictiveScaling',
      PredictiveScalingPolicyConfiguration: {
        Mode: 'ForecastAndScale',
        MetricSpecifications: [
          { TargetValue: 40, PredefinedMetricPairSpecification: { PredefinedMetricType } },
        ],
      },
    });
    expect(await parsed(policy('ECSServiceCPUUtilization'))).toEqual([
      { kind: 'predictive', target: 0.4, bufferSeconds: 300 },
    ]);
    expect(await parsed(policy('ALBRequestCount'))).toBeNull();
  });

  it('is unknown where it follows anything else', async () => {
    expect(await parsed(steps, [{ ...alarm, Namespace: 'AWS/SQS' }])).toBeNull();
    const PredefinedMetricType = 'ALBRequestCountPerTarget';
    const tracking = { TargetValue: 60, PredefinedMetricSpecification: { PredefinedMetricType } };
    const policy = { TargetTrackingScalingPolicyConfiguration: tracking };
    expect(await parsed({ ...policy, PolicyType: 'TargetTrackingScaling' })).toBeNull();
  });
});

describe('scheduled actions of a service', () => {
  const range = { fromSeconds: at('2026-11-20T00:00:00Z'), toSeconds: at('2026-11-22T00:00:00Z') };
  const action = {
    ...{ ScheduledActionName: 'day', ResourceId: ID, Schedule: 'cron(0 8 * * ? *)' },
    ScalableTargetAction: { MinCapacity: 6 },
    CreationTime: at('2026-11-21T12:30:00Z'),
  };
  const runs = (change: object) =>
    scheduledTargetRuns([{ ...action, ...change }], range).map(({ atSeconds }) =>
      new Date(atSeconds * 1000).toISOString(),
    );

  it('run in the range, and the last time before it, as if they had been there before', () => {
    expect(runs({})).toEqual(['19', '20', '21'].map((day) => `2026-11-${day}T08:00:00.000Z`));
    expect(runs({ Schedule: 'rate(1 day)' })).toEqual(
      ['19', '20', '21'].map((day) => `2026-11-${day}T12:30:00.000Z`),
    );
    expect(runs({ Schedule: 'at(2026-11-21T07:00:00)' })).toEqual(['2026-11-21T07:00:00.000Z']);
    expect(runs({ Schedule: 'at(2026-11-22T07:00:00)' })).toEqual([]);
  });

  it('run no longer once their end has come', () => {
    expect(runs({ EndTime: at('2026-11-20T12:00:00Z') })).toEqual([]);
  });
});
