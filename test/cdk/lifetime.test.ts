import { describe, expect, test } from 'vitest';
import { FULL, ofType, synthesise } from './synthesise.ts';

describe('over its lifetime a stack', () => {
  const { resources } = synthesise(FULL);
  const functions = ofType(resources, 'AWS::Lambda::Function');

  test('never repeats a tick, and drops what is older than five minutes', () => {
    const targets = ofType(resources, 'AWS::Events::Rule').flatMap(([, { Properties }]) =>
      'ScheduleExpression' in Properties &&
      /^cron\(\d\/5 /.test(String(Properties['ScheduleExpression']))
        ? (Properties['Targets'] as readonly { readonly RetryPolicy: object }[])
        : [],
    );
    expect(targets.length).toBeGreaterThanOrEqual(4);
    for (const { RetryPolicy: policy } of targets) {
      expect(policy).toEqual({ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 0 });
    }
    for (const name of [/Allocation/, /Monitoring/, /Ingest/]) {
      const [, config] = ofType(resources, 'AWS::Lambda::EventInvokeConfig').find(([id]) =>
        name.test(id),
      )!;
      expect(config.Properties).toMatchObject({
        MaximumEventAgeInSeconds: 300,
        MaximumRetryAttempts: 0,
      });
    }
  });

  test('decides after the metrics of a period are read, whenever it was deployed', () => {
    const minuteOf = (name: RegExp): number => {
      const [, rule] = ofType(resources, 'AWS::Events::Rule').find(
        ([id, { Properties }]) => name.test(id) && 'ScheduleExpression' in Properties,
      )!;
      const [, first] =
        /^cron\((\d)\/5 \* \* \* \? \*\)$/.exec(String(rule.Properties['ScheduleExpression'])) ??
        [];
      return Number(first);
    };
    // Detailed metrics are complete two to three minutes after their period.
    expect(minuteOf(/Ingest/)).toBe(3);
    expect(minuteOf(/Monitoring/)).toBe(4);
    expect(minuteOf(/Allocation/)).toBe(4);
  });

  test('in an interval that does not divide the hour, it runs as it comes', () => {
    const { resources: odd } = synthesise({ schedules: { ingestMinutes: 7, allocateMinutes: 60 } });
    const expressions = ofType(odd, 'AWS::Events::Rule').flatMap(([id, { Properties }]) =>
      'ScheduleExpression' in Properties && /Ingest|Allocation/.test(id)
        ? [Properties['ScheduleExpression']]
        : [],
    );
    expect(expressions.toSorted()).toEqual(['cron(4 * * * ? *)', 'rate(7 minutes)']);
  });

  test('gives groups back when it is deleted: nothing acts any more, everything needed is there', () => {
    const [id, groups] = ofType(resources, 'Custom::ForeprintGroups')[0]!;
    const needed = groups.DependsOn ?? [];
    const [policy] = ofType(resources, 'AWS::IAM::Policy').find(([name]) => /GiveBack/.test(name))!;
    const [table] = ofType(resources, 'AWS::DynamoDB::Table').find(([name]) =>
      /Profiles/.test(name),
    )!;
    expect(needed).toEqual(expect.arrayContaining([policy, table]));
    const acting = ofType(resources, 'AWS::Events::Rule').filter(([name]) =>
      /Allocation/.test(name),
    );
    expect(acting).toHaveLength(3);
    for (const [, rule] of acting) expect(rule.DependsOn).toContain(id);
  });

  test('counts what happens in it apart from what happens in other deployments', () => {
    const dimensions = ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
      Properties['Namespace'] === 'Foreprint' ? [Properties['Dimensions']] : [],
    );
    const [, { Properties }] = functions[0]!;
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(dimensions).toHaveLength(3);
    for (const dimension of dimensions) {
      expect(dimension).toEqual([{ Name: 'service', Value: Variables['FOREPRINT_DEPLOYMENT'] }]);
    }
  });

  test('tells every new dead letter, and when what lasted is over', () => {
    const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties,
    );
    expect(alarms.map(({ MetricName }) => MetricName)).toContain('NumberOfMessagesSent');
    const silent = alarms.filter((properties) => !('OKActions' in properties));
    expect(silent.map(({ MetricName }) => MetricName).toSorted()).toEqual([
      'IncidentsOpened',
      'NumberOfMessagesSent',
    ]);
  });
});
