import { mock } from 'node:test';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient, type PublishCommandInput } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import type { LifecycleNotice } from '#evaluation/account/account-instance.ts';
import { answerAutoScaling } from './answer-auto-scaling.ts';
import { answerCloudwatch } from './answer-cloudwatch.ts';
import { answerPosts, type DescribedType } from './answer-posts.ts';
import { answerSdk } from './answer-sdk.ts';
import {
  answerS3,
  answerSecrets,
  answerSns,
  answerSqs,
  answerSsm,
  createBoxStores,
} from './answer-stores.ts';
import type { BoxGroup } from './box-group.ts';
import type { BoxHandlers, Handler } from './box-handlers.ts';
import { answerDynamodb } from './dynamodb/answer-dynamodb.ts';
import { runTraining } from './run-training.ts';

export interface BoxOptions {
  readonly groups: readonly BoxGroup[];
  readonly types: readonly DescribedType[];
  /** Seconds after the start of a step at which ingest, monitor and allocate tick, in this order. */
  readonly phaseSeconds: number;
  /** Seconds after midnight at which all groups are trained; never where absent. */
  readonly trainsAtSeconds?: number;
  /** How often an event of EventBridge is delivered, which is at least once. */
  readonly deliveries?: number;
  /** Called after every minute and every event. */
  readonly check?: () => void;
}

/** A region of an account, in simulated time. */
export interface AccountBox {
  readonly groups: ReadonlyMap<string, BoxGroup>;
  readonly stores: ReturnType<typeof createBoxStores>;
  readonly nowSeconds: number;
  /** Most changes of one group's desired capacity that one event has brought. */
  readonly mostChanges: number;
  /** Lets minutes pass; the handlers hear of schedules and lifecycle actions where they are given. */
  pass(minutes: number, handlers?: BoxHandlers): Promise<void>;
  /** Gives back what the box has replaced. */
  close(): void;
}

const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;
const DETAIL = {
  launching: ['EC2 Instance-launch Lifecycle Action', 'autoscaling:EC2_INSTANCE_LAUNCHING'],
  terminating: ['EC2 Instance-terminate Lifecycle Action', 'autoscaling:EC2_INSTANCE_TERMINATING'],
} as const;
const context = {
  getRemainingTimeInMillis: () => 60_000,
  functionName: 'box',
  awsRequestId: 'box',
} as Context;

/**
 * Surrounds the handlers with a simulated account: Auto Scaling, CloudWatch, DynamoDB, EventBridge,
 * S3, SNS, SQS, SSM, Secrets Manager, Step Functions and EC2 answer in this process, and the clock
 * is the simulation's.
 */
export function openAccountBox(options: BoxOptions): AccountBox {
  const { types, phaseSeconds, deliveries = 1, check = () => undefined } = options;
  const groups = new Map(options.groups.map((group) => [group.name, group]));
  const stores = createBoxStores();
  const clock = () => options.groups[0]?.world.nowSeconds ?? 0;
  const closers = [
    answerSdk(AutoScalingClient, answerAutoScaling(groups)),
    answerSdk(CloudWatchClient, answerCloudwatch(groups, clock)),
    answerSdk(DynamoDBClient, answerDynamodb()),
    answerSdk(S3Client, answerS3(stores)),
    answerSdk(SecretsManagerClient, answerSecrets()),
    answerSdk(SNSClient, answerSns(stores)),
    answerSdk(SQSClient, answerSqs(stores)),
    answerSdk(SSMClient, answerSsm(stores)),
    answerPosts(types),
  ];
  let mostChanges = 0;
  mock.timers.enable({ apis: ['Date'], now: clock() * 1000 });

  async function hear(handler: Handler, event: object): Promise<unknown> {
    mock.timers.setTime(clock() * 1000);
    const before = new Map([...groups].map(([name, { world }]) => [name, world.group.changes]));
    const answer = await handler(event, context);
    for (const [name, { world }] of groups) {
      mostChanges = Math.max(mostChanges, world.group.changes - (before.get(name) ?? 0));
    }
    check();
    return answer;
  }

  async function deliver(handlers: BoxHandlers): Promise<void> {
    const time = new Date(clock() * 1000).toISOString();
    for (const [name, { world }] of groups) {
      for (const notice of world.group.takeNotices()) {
        const event = lifecycleEvent(name, notice);
        for (let k = 0; k < deliveries; k++) await hear(handlers.allocate, event);
      }
    }
    if ((clock() - phaseSeconds) % STEP_SECONDS !== 0) return;
    const tick = { 'detail-type': 'Scheduled Event', time };
    await hear(handlers.ingest, tick);
    await train(handlers);
    await hear(handlers.monitor, tick);
    await hear(handlers.allocate, tick);
    await hear(handlers.giveBack, tick);
    for (const message of stores.published.splice(0)) {
      await hear(handlers.notify, { Records: [{ Sns: notice(message) }] });
    }
    if (clock() % DAY_SECONDS === phaseSeconds + (options.trainsAtSeconds ?? NaN)) {
      const call = (handler: Handler, event: object) => hear(handler, event);
      await runTraining({ stores, handlers, call, nowSeconds: clock() });
    }
  }

  async function train(handlers: BoxHandlers): Promise<void> {
    for (const body of stores.queued.splice(0)) {
      const { applicationId, startedAt } = JSON.parse(body) as Record<string, string>;
      await hear(handlers.train, { applicationId, startedAt });
    }
  }

  return {
    groups,
    stores,
    get nowSeconds() {
      return clock();
    },
    get mostChanges() {
      return mostChanges;
    },
    async pass(minutes, handlers) {
      for (let minute = 0; minute < minutes; minute++) {
        for (const { world } of groups.values()) world.passMinute();
        check();
        if (handlers) await deliver(handlers);
        else for (const { world } of groups.values()) world.group.takeNotices();
      }
    },
    close() {
      for (const close of closers) close();
      mock.timers.reset();
    },
  };
}

/** A message as SNS hands it to a function. */
function notice({ Subject, Message, MessageAttributes = {} }: PublishCommandInput): object {
  return {
    Subject,
    Message,
    MessageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue: Value }]) => [name, { Value }]),
    ),
  };
}

function lifecycleEvent(group: string, notice: LifecycleNotice): object {
  const [detailType, transition] = DETAIL[notice.transition];
  return {
    source: 'aws.autoscaling',
    'detail-type': detailType,
    time: new Date(notice.atSeconds * 1000).toISOString(),
    detail: {
      AutoScalingGroupName: group,
      LifecycleHookName: notice.hook,
      LifecycleActionToken: notice.token,
      EC2InstanceId: notice.instanceId,
      LifecycleTransition: transition,
    },
  };
}
