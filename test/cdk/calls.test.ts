import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { openAccountBox } from '#test/emulators/account/account-box.ts';
import type { BoxCall } from '#test/emulators/account/box-call.ts';
import { BOX_ENVIRONMENT } from '#test/emulators/account/box-environment.ts';
import { importHandlers } from '#test/emulators/account/box-handlers.ts';
import { BOX_TYPE, openBoxGroup } from '#test/emulators/account/open-box-group.ts';
import { actionOf, groupOf, permits, roleOf } from './call-permits.ts';
import { asList } from './statements.ts';
import { FULL, synthesise } from './synthesise.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

/** The functions of the template by their descriptions. */
const DESCRIPTIONS = {
  ingest: 'Foreprint: reads the metrics',
  monitor: 'Foreprint: compares actual use',
  allocate: 'Foreprint: decides what groups need',
  giveBack: 'Foreprint: gives groups',
  notify: 'Foreprint: incidents and alarms to Slack',
  planTraining: 'Foreprint: lists the applications',
  train: 'Foreprint: cross-validates',
  recluster: 'Foreprint: refines the clusters',
  trainCluster: 'Foreprint: trains the models of one cluster',
  concludeTraining: 'Foreprint: adds up the results',
} as const;

const STEPS_PER_DAY = 288;
const DAYS = 3;
const demand = Array.from({ length: (DAYS + 1) * STEPS_PER_DAY }, (_, step) =>
  // A day that repeats, and one hour of a tenfold surge that opens an incident.
  step >= 450 && step < 462 ? 20 : 2 + 6 * Math.max(0, Math.sin((2 * Math.PI * step) / 288)),
);

describe('calls of the functions in an account in a box', { timeout: 240_000 }, () => {
  const { resources } = synthesise(FULL);
  const roles = new Map(
    Object.entries(DESCRIPTIONS).map(([name, text]) => [name, roleOf(resources, text)]),
  );
  const refused = new Set<string>();
  const used = new Set<string>();
  let close = (): void => undefined;
  afterAll(() => close());

  beforeAll(async () => {
    Object.assign(process.env, BOX_ENVIRONMENT);
    const own = { demand, min: 2, max: 12 };
    const groups = [
      openBoxGroup({ ...own, name: 'shop', mode: 'scale-out', tracking: 0.6 }),
      openBoxGroup({ ...own, name: 'batch', mode: 'full', tracking: null }),
      openBoxGroup({ ...own, name: 'lost', mode: 'scale-out', tracking: 0.6 }),
      openBoxGroup({ ...own, name: 'service/shop/web', mode: 'scale-out', tracking: 0.6 }),
      openBoxGroup({ ...own, name: 'service/shop/jobs', mode: 'full', tracking: null }),
      openBoxGroup({ ...own, name: 'service/shop/lost', mode: 'scale-out', tracking: 0.6 }),
    ];
    const isAllowed = (call: BoxCall): boolean => {
      const role = roles.get(call.from ?? '');
      const tags = groups.find(({ name }) => name === groupOf(call.input))?.tags ?? new Map();
      const text = `${call.from ?? 'nobody'} ${actionOf(call)}`;
      used.add(text);
      if (role !== undefined && permits(role, call, tags)) return true;
      refused.add(text);
      return false;
    };
    const box = openAccountBox({
      groups,
      types: [BOX_TYPE],
      phaseSeconds: 180,
      trainsAtSeconds: 7200,
      isAllowed,
    });
    close = () => box.close();
    const handlers = await importHandlers();
    await box.pass(DAYS * 24 * 60, handlers);
    for (const group of groups) if (group.name.endsWith('lost')) group.tags.delete(MODE_TAG);
    await box.pass(30, handlers);
    box.stores.position = 'stop';
    await box.pass(10, handlers);
    box.stores.position = 'run';
    await box.pass(30, handlers);
    await box.call(handlers, 'giveBack', {
      RequestType: 'Delete',
      ResponseURL: 'https://cloudformation.test/answer',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'GiveBack',
    });
  }, 240_000);

  it('are allowed by the roles of the template, with their resources and conditions', () => {
    expect([...refused]).toEqual([]);
  });

  it('use what the roles allow, but for what has a reason', () => {
    const unused = [...roles].flatMap(([name, { statements }]) =>
      statements
        .flatMap(({ Action }) => asList(Action))
        .map((action) => `${name} ${action}`)
        .filter((text) => !used.has(text) && !hasReason(text)),
    );
    expect([...new Set(unused)]).toEqual([]);
  });
});

/** What functions may do and did not do here. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ (xray|logs|kms):/, 'what Lambda and SNS do for a function'],
  [/ sqs:SendMessage$/, 'dead letters, which Lambda sends; a training where a model fails'],
  [/^train sqs:/, 'the queue that Lambda empties for it'],
  [/ dynamodb:/, 'a function may use a table as the stores do, all of them'],
  [/ s3:ListBucket$/, 'without it a missing object looks like a refusal'],
  [/ s3:GetObject$/, 'models, which allocate alone has to load here'],
  [/ (ssm|secretsmanager):(Describe|Get|List|AddTags)/, 'the CDK grants reading as a whole'],
  [/^allocate ec2:DescribeInstanceTypes$/, 'in one process ingest has asked before'],
  [/ autoscaling:DescribeWarmPool$/, 'no group here has a warm pool'],
  [/^allocate ecs:DescribeTaskDefinition$/, 'in one process ingest has asked before'],
  [/^giveBack ecs:UpdateService$/, 'Application Auto Scaling asks its caller for it'],
  [/^giveBack autoscaling:CompleteLifecycleAction$/, 'no instance waits when it comes'],
];

const hasReason = (text: string): boolean => REASONS.some(([pattern]) => pattern.test(text));
