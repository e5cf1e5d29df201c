import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { EXPIRY, PARTITION_KEY, SORT_KEY } from '#adapters/aws/dynamodb/table-schema.ts';
import { functionEnvironmentSchema } from '#cdk/configuration/function-environment.ts';
import { statementsIn } from './statements.ts';
import { FULL, ofType, synthesise, temporaryApp, type Resource } from './synthesise.ts';

test('models run on arm64 if configured', () => {
  const { resources } = synthesise({ modelArchitecture: 'arm64' });
  for (const [, { Properties }] of ofType(resources, 'AWS::Lambda::Function')) {
    expect(Properties['Architectures']).toEqual(['arm64']);
  }
  const [[, layer]] = ofType(resources, 'AWS::Lambda::LayerVersion') as [[string, Resource]];
  expect(layer.Properties['CompatibleArchitectures']).toEqual(['arm64']);
});

describe.each(['dynamodb', 'timestream'] as const)('a stack with %s', (historyStore) => {
  const { stack, template, resources } = synthesise({ ...FULL, historyStore });
  const functions = ofType(resources, 'AWS::Lambda::Function');

  test('has only the configured history store', () => {
    template.resourceCountIs('AWS::Timestream::Table', historyStore === 'timestream' ? 1 : 0);
    template.resourceCountIs('AWS::DynamoDB::Table', historyStore === 'timestream' ? 2 : 3);
  });

  test('has ten functions and no others', () => {
    expect(functions).toHaveLength(10);
  });

  test('links messages to the dashboard', () => {
    const [dashboard] = ofType(resources, 'AWS::CloudWatch::Dashboard');
    const urls = functions.flatMap(([, { Properties }]) => {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
      return Variables['FOREPRINT_DASHBOARD_URL'] ?? [];
    });
    const literal = (value: unknown): string => JSON.stringify(stack.resolve(value));
    const name = dashboard![1].Properties['DashboardName'];
    const end = (value: unknown): string => literal(value).replace(/^.*-(\w{8})"\W*$/, '$1');
    expect(urls).toHaveLength(1);
    expect(literal(urls[0])).toContain('#dashboards/dashboard/');
    expect(end(urls[0])).toBe(end(name));
    expect(end(name)).toMatch(/^\w{8}$/);
  });

  test.each(functions)('%s has runtime, architecture, logs, tracing and dead letters', (_, fn) => {
    const { Properties } = fn;
    expect(Properties['Runtime']).toBe('nodejs24.x');
    const hasLayer = 'Layers' in Properties;
    expect(Properties['Architectures']).toEqual([hasLayer ? 'x86_64' : 'arm64']);
    expect(Properties['TracingConfig']).toEqual({ Mode: 'Active' });
    expect(Properties).toHaveProperty('DeadLetterConfig.TargetArn');
    const group = Properties['LoggingConfig'] as { readonly LogGroup: { readonly Ref: string } };
    expect(resources[group.LogGroup.Ref]?.Properties['RetentionInDays']).toBe(30);
  });

  test.each(functions)('%s gets a valid environment', (_, { Properties }) => {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    const written = Object.fromEntries(
      Object.entries(Variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'a reference',
      ]),
    );
    expect(functionEnvironmentSchema.safeParse(written).error?.issues ?? []).toEqual([]);
    const known = Object.keys(functionEnvironmentSchema.shape);
    const ours = Object.keys(Variables).filter((name) => name.startsWith('FOREPRINT_'));
    expect(ours.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('has a dead-letter queue for every event rule', () => {
    const targets = ofType(resources, 'AWS::Events::Rule').flatMap(
      ([, { Properties }]) => Properties['Targets'] as readonly object[],
    );
    expect(targets.length).toBeGreaterThanOrEqual(5);
    for (const target of targets) expect(target).toHaveProperty('DeadLetterConfig.Arn');
  });

  test('keeps models in a private, versioned, encrypted bucket that takes TLS only', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    const [, policy] = ofType(resources, 'AWS::S3::BucketPolicy')[0]!;
    expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });

  test('trains newly enrolled groups one by one, with a dead-letter queue', () => {
    const [queue, { Properties }] = ofType(resources, 'AWS::SQS::Queue').find(
      ([, { Properties: queued }]) => 'RedrivePolicy' in queued,
    )!;
    expect(Properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 3 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 50 },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('reads the metrics'),
      Environment: { Variables: { FOREPRINT_TRAINING_QUEUE: { Ref: queue } } },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('compares actual use'),
      Environment: { Variables: { FOREPRINT_TRAINING_QUEUE: { Ref: queue } } },
    });
  });

  test('trains applications and clusters in maps that tolerate some failures, and summarizes the results', () => {
    const [, machine] = ofType(resources, 'AWS::StepFunctions::StateMachine')[0]!;
    const definition = JSON.stringify(machine.Properties['DefinitionString']);
    expect(definition).toMatch(/Label.{1,12}EachApplication/);
    expect(definition).toMatch(/Label.{1,12}EachCluster/);
    expect(definition.match(/ToleratedFailurePercentagePath/g)).toHaveLength(2);
    expect(definition.match(/toleratedFailurePercentage\\*":10/g)).toHaveLength(2);
    // A new account runs ten functions at once: a throttled training waits and does not fail.
    expect(definition.match(/Lambda\.TooManyRequestsException/g)).toHaveLength(5);
    expect(definition.match(/MaxConcurrency\\*":50/g)).toHaveLength(2);
    expect(definition).toContain('AddUp');
  });

  test('restores minimums as soon as the kill switch is changed', () => {
    const [parameter] = ofType(resources, 'AWS::SSM::Parameter')[0]!;
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ssm'],
        'detail-type': ['Parameter Store Change'],
        detail: { name: [{ Ref: parameter }] },
      },
    });
  });

  test('notifies a Slack channel and allows it nothing but the pictures of metrics', () => {
    const [, channel] = ofType(resources, 'AWS::Chatbot::SlackChannelConfiguration')[0]!;
    const [topic] = ofType(resources, 'AWS::SNS::Topic')[0]!;
    expect(channel.Properties['SnsTopicArns']).toEqual([{ Ref: topic }]);
    const [guardrail] = channel.Properties['GuardrailPolicies'] as readonly { Ref: string }[];
    const policy = resources[guardrail!.Ref]?.Properties['PolicyDocument'];
    const graphs = ['cloudwatch:GetMetricWidgetImage', 'cloudwatch:GetMetricData'];
    expect(policy).toMatchObject({
      Statement: [{ Effect: 'Deny', NotAction: graphs, Resource: '*' }],
    });
    const role = ofType(resources, 'AWS::IAM::Policy').find(([name]) => /SlackChannel/.test(name));
    expect(statementsIn(role![1])[0]?.Action).toEqual(graphs);
  });

  test('ends a run of ingestion before the next one starts', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('reads the metrics'),
      Timeout: 300,
    });
  });

  test('reports at synthesis that Timestream is closed to new accounts, if it is configured', () => {
    const notes = Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('2025-06-20'));
    expect(notes).toHaveLength(historyStore === 'timestream' ? 1 : 0);
  });

  test('sends every alarm to the topic', () => {
    const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(12);
    const [topic] = ofType(resources, 'AWS::SNS::Topic')[0]!;
    for (const [, { Properties }] of alarms) {
      expect(Properties['AlarmActions']).toEqual([{ Ref: topic }]);
    }
  });

  test('passes cdk-nag’s AwsSolutions rules', () => {
    const report = new AwsSolutionsChecks(stack).validateScope(stack);
    expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  test('fails them with an additional unprotected bucket', () => {
    const other = new Stack(temporaryApp(), 'Other');
    new Bucket(other, 'Open');
    expect(new AwsSolutionsChecks(other).validateScope(other).violations).not.toEqual([]);
  });
});

test('shares the groups of a run among the configured number of invocations', () => {
  const { resources } = synthesise({ schedules: { parts: 3 } });
  const shared = ofType(resources, 'AWS::Events::Rule').filter(
    ([, { Properties }]) => (Properties['Targets'] as readonly object[]).length === 3,
  );
  expect(shared).toHaveLength(2);
  for (const [, { Properties }] of shared) {
    const inputs = JSON.stringify(Properties['Targets']);
    for (const part of [0, 1, 2]) expect(inputs).toContain(`\\"part\\":${part},\\"parts\\":3`);
  }
});

test('tables have the keys that the DynamoDB stores use', () => {
  const { template } = synthesise({});
  template.resourcePropertiesCountIs(
    'AWS::DynamoDB::Table',
    {
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: EXPIRY, Enabled: true },
    },
    2,
  );
});
