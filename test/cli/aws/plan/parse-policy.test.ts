import { describe, expect, it } from 'vitest';
import { parsePolicy } from '#cli/aws/plan/parse-policy.ts';

const alarms = new Map(
  [
    ['cpu-high', 'AWS/EC2', 'GreaterThanOrEqualToThreshold'] as const,
    ['queue', 'AWS/SQS', 'GreaterThanThreshold'] as const,
  ].map(([AlarmName, Namespace, ComparisonOperator]) => [
    AlarmName,
    {
      AlarmName,
      Namespace,
      ComparisonOperator,
      MetricName: 'CPUUtilization',
      Statistic: 'Average' as const,
      Threshold: 70,
      Period: 120,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    },
  ]),
);
const group = { DefaultCooldown: 240 };
const alarm = { threshold: 0.7, comparison: '>=', periodSeconds: 120, points: 2, periods: 3 };

describe('a policy as the simulation knows it', () => {
  it('has the target and warm-up of target tracking, else the group’s', () => {
    const policy = {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ASGAverageCPUUtilization' as const,
        },
        TargetValue: 55,
      },
    };
    const parsed = { kind: 'tracking', scalesIn: true, warmUpSeconds: 240 };
    expect(parsePolicy(policy, group, alarms)).toMatchObject([parsed]);
    const own = { ...policy, EstimatedInstanceWarmup: 90 };
    expect(parsePolicy(own, group, alarms)).toMatchObject([{ warmUpSeconds: 90 }]);
    expect(parsePolicy(policy, { ...group, DefaultInstanceWarmup: 60 }, alarms)).toMatchObject([
      { warmUpSeconds: 60 },
    ]);
  });

  it('has the steps of step scaling as shares, with the alarm', () => {
    const policy = {
      PolicyType: 'StepScaling',
      AdjustmentType: 'PercentChangeInCapacity',
      MinAdjustmentMagnitude: 2,
      EstimatedInstanceWarmup: 120,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 15, ScalingAdjustment: 10 },
        { MetricIntervalLowerBound: 15, ScalingAdjustment: 30 },
      ],
      Alarms: [{ AlarmName: 'cpu-high' }],
    };
    expect(parsePolicy(policy, group, alarms)).toEqual([
      {
        kind: 'step',
        alarm,
        type: 'percent',
        leastChange: 2,
        warmUpSeconds: 120,
        cooldownSeconds: null,
        steps: [
          { from: 0, to: 0.15, adjustment: 10 },
          { from: 0.15, to: Infinity, adjustment: 30 },
        ],
      },
    ]);
  });

  it('has the cooldown of simple scaling, else the group’s', () => {
    const policy = {
      PolicyType: 'SimpleScaling',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: -1,
      Alarms: [{ AlarmName: 'cpu-high' }],
    };
    expect(parsePolicy(policy, group, alarms)).toMatchObject([
      { cooldownSeconds: 240, steps: [{ adjustment: -1 }] },
    ]);
    expect(parsePolicy({ ...policy, Cooldown: 30 }, group, alarms)).toMatchObject([
      { cooldownSeconds: 30 },
    ]);
  });

  it('is unknown where it follows anything but average CPU, or an alarm nobody could read', () => {
    const steps = { PolicyType: 'StepScaling', AdjustmentType: 'ChangeInCapacity' };
    for (const AlarmName of ['queue', 'unread']) {
      expect(parsePolicy({ ...steps, Alarms: [{ AlarmName }] }, group, alarms)).toBeNull();
    }
    const requests = {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget' as const,
        },
        TargetValue: 50,
      },
    };
    expect(parsePolicy(requests, group, alarms)).toBeNull();
  });

  it('acts by a forecast only where it forecasts and scales', () => {
    const policy = (Mode: 'ForecastAndScale' | 'ForecastOnly') => ({
      PolicyType: 'PredictiveScaling',
      PredictiveScalingConfiguration: {
        Mode,
        MetricSpecifications: [
          {
            TargetValue: 40,
            PredefinedMetricPairSpecification: {
              PredefinedMetricType: 'ASGCPUUtilization' as const,
            },
          },
        ],
      },
    });
    expect(parsePolicy(policy('ForecastOnly'), group, alarms)).toEqual([]);
    expect(parsePolicy(policy('ForecastAndScale'), group, alarms)).toEqual([
      { kind: 'predictive', target: 0.4, bufferSeconds: 300 },
    ]);
  });
});
