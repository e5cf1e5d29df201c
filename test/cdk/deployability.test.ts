import { describe, expect, test } from 'vitest';
import { HISTORY_STORES } from '#cdk/configuration/configuration-schema.ts';
import { ForeprintStack } from '#cdk/foreprint-stack.ts';
import { MAX_ENVIRONMENT_BYTES, MAX_PARAMETER_BYTES } from '#cdk/function/deployment-limits.ts';
import { allowed, type Statement } from './allowed.ts';
import { FULL, ofType, synthesise, temporaryApp, type Resource } from './synthesise.ts';

/** What a new account may ask of Lambda; no quota request raises it beforehand. */
const NEW_ACCOUNT_MEMORY_MB = 3008;
const MAX_TIMEOUT_SECONDS = 900;

/** Longest text that a value with references becomes: names and ARNs that AWS generates. */
function longest(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = value as { readonly 'Fn::Join'?: readonly [string, unknown[]] };
  return join ? join[1].map(longest).join(join[0]) : 'x'.repeat(150);
}

const bytesOf = (value: unknown): number => Buffer.byteLength(longest(value));

/** Resources that outlive their stack, and why. */
const KEPT: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'history, profiles and decisions of months',
  'AWS::Timestream::Database': 'history of months',
  'AWS::Timestream::Table': 'history of months',
  'AWS::S3::Bucket': 'trained models',
};

describe.each(HISTORY_STORES)('the template with %s', (historyStore) => {
  const { resources } = synthesise({ ...FULL, historyStore });
  const functions = ofType(resources, 'AWS::Lambda::Function');

  test.each(functions)('%s is within the limits of a new account', (_, { Properties }) => {
    expect(Properties['MemorySize']).toBeLessThanOrEqual(NEW_ACCOUNT_MEMORY_MB);
    expect(Properties['Timeout']).toBeLessThanOrEqual(MAX_TIMEOUT_SECONDS);
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    const bytes = Object.entries(Variables).map(([name, value]) => name.length + bytesOf(value));
    expect(bytes.reduce((a, b) => a + b)).toBeLessThanOrEqual(MAX_ENVIRONMENT_BYTES);
  });

  test('parameters are within the size of a standard one', () => {
    for (const [, { Properties }] of ofType(resources, 'AWS::SSM::Parameter')) {
      expect(bytesOf(Properties['Value'])).toBeLessThanOrEqual(MAX_PARAMETER_BYTES);
    }
  });

  test('every alarm reaches its topic: topic and key let this account’s alarms publish', () => {
    const caller = { service: 'cloudwatch.amazonaws.com', sourceAccount: 'AWS::AccountId' };
    const topics = new Set(
      ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
        [...actionsOf(Properties, 'AlarmActions'), ...actionsOf(Properties, 'OKActions')].map(
          ({ Ref }) => Ref,
        ),
      ),
    );
    expect(topics.size).toBe(1);
    for (const topic of topics) {
      const policies = ofType(resources, 'AWS::SNS::TopicPolicy')
        .filter(([, { Properties }]) => namesTopic(Properties['Topics'], topic))
        .map(([, { Properties }]) => Properties['PolicyDocument']);
      expect(policies).toHaveLength(1);
      expect(allowed(statementsOf(policies[0]), 'sns:Publish', caller)).toBe(true);
      const stranger = { ...caller, sourceAccount: '210987654321' };
      expect(allowed(statementsOf(policies[0]), 'sns:Publish', stranger)).toBe(false);
      const key = keyOf(resources[topic]!);
      const keyPolicy = statementsOf(resources[key]?.Properties['KeyPolicy']);
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
        expect(allowed(keyPolicy, action, caller)).toBe(true);
        expect(allowed(keyPolicy, action, stranger)).toBe(false);
      }
    }
  });

  test('what is kept is meant to be, and nothing is left of a first deployment that fails', () => {
    const kept = Object.values(resources).filter(
      ({ DeletionPolicy: policy }) => policy !== undefined && policy !== 'Delete',
    );
    expect(kept.map(({ Type }) => Type).filter((type) => !(type in KEPT))).toEqual([]);
    for (const { DeletionPolicy: policy } of kept) expect(policy).toBe('RetainExceptOnCreate');
    const { resources: removed } = synthesise({ ...FULL, historyStore, removeData: true });
    const policies = Object.values(removed).map(({ DeletionPolicy: policy }) => policy);
    expect(policies.filter((policy) => policy !== undefined && policy !== 'Delete')).toEqual([]);
  });
});

test('an account with a raised quota may give functions more memory', () => {
  const { resources } = synthesise({ maxMemoryMb: 10_240 });
  const sizes = ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    Number(Properties['MemorySize']),
  );
  expect(Math.max(...sizes)).toBe(7076);
});

describe('what would not fit is refused at synthesis, not in deployment', () => {
  test('names of many groups', () => {
    const groups = Array.from({ length: 70 }, (_, k) => `production-storefront-web-tier-eu-${k}`);
    expect(() => synthesise({ groups })).toThrow(/groups.*must not exceed 2700 bytes/);
    expect(() => synthesise({ groups: groups.slice(0, 40) })).not.toThrow();
  });

  test('an environment that grew beyond Lambda’s limit', () => {
    const stack = new ForeprintStack(temporaryApp(), 'Foreprint', { configuration: {} });
    const allocate = stack.foreprint.node.findChild('Allocation').node.findChild('Allocate');
    (allocate as unknown as { setVariable(name: string, value: string): void }).setVariable(
      'FOREPRINT_DASHBOARD_URL',
      'x'.repeat(4000),
    );
    expect(allocate.node.validate().join()).toMatch(/Lambda allows 4096/);
  });
});

interface Reference {
  readonly Ref: string;
}

function actionsOf(properties: Resource['Properties'], name: string): readonly Reference[] {
  return (properties[name] ?? []) as readonly Reference[];
}

function namesTopic(topics: unknown, topic: string): boolean {
  return (topics as readonly Reference[]).some(({ Ref }) => Ref === topic);
}

function statementsOf(document: unknown): readonly Statement[] {
  return (document as { readonly Statement: readonly Statement[] }).Statement;
}

function keyOf(topic: Resource): string {
  const id = topic.Properties['KmsMasterKeyId'] as { readonly 'Fn::GetAtt': readonly string[] };
  return id['Fn::GetAtt'][0]!;
}
