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
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { LifecycleNotice } from '#evaluation/account/account-instance.ts';
import { answerAutoScaling } from './answer-auto-scaling.ts';
import { answerCloudwatch } from './answer-cloudwatch.ts';
import { answerDynamodb } from './answer-dynamodb.ts';
import { answerPosts, type DescribedType } from './answer-posts.ts';
import { answerSdk, type Guard } from './answer-sdk.ts';
import {
  answerS3,
  answerSecrets,
  answerSns,
  answerSqs,
  answerSsm,
  createBoxStores,
} from './answer-stores.ts';
import { AccessDenied, type BoxCall, type CallGate } from './box-call.ts';
import type { BoxGroup } from './box-group.ts';
import type { BoxHandlers } from './box-handlers.ts';
import { boxServices } from './box-services.ts';
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
  /** Whether events that come at the same time arrive in the opposite order. */
  readonly reversed?: boolean;
  /** Called after every minute and every event. */
  readonly check?: () => void;
  /** Whether IAM lets a call pass; all pass where absent. */
  readonly isAllowed?: (call: BoxCall) => boolean;
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
  /** Calls of functions that failed. */
  readonly failures: number;
  /** Calls one function by an event; null where it failed in all of its attempts. */
  call(handlers: BoxHandlers, name: keyof BoxHandlers, event: object): Promise<unknown>;
  /** Gives back what the box has replaced. */
  close(): void;
}

const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;
/** Functions whose failed events Lambda repeats twice, as their event means the same later. */
const REPEATED: readonly string[] = ['giveBack', 'notify'];
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
  const ownGroups = new Map([...groups].filter(([name]) => !isServiceId(name)));
  let from: string | null = null;
  const gate: CallGate = {
    pass(call) {
      if (options.isAllowed?.({ ...call, from }) === false) throw new AccessDenied(call);
    },
  };
  const guard = (service: string): Guard => ({ service, gate });
  const closers = [
    answerSdk(AutoScalingClient, answerAutoScaling(ownGroups, clock), guard('autoscaling')),
    answerSdk(CloudWatchClient, answerCloudwatch(groups, clock), guard('cloudwatch')),
    answerSdk(DynamoDBClient, answerDynamodb(), guard('dynamodb')),
    answerSdk(S3Client, answerS3(stores), guard('s3')),
    answerSdk(SecretsManagerClient, answerSecrets(), guard('secretsmanager')),
    answerSdk(SNSClient, answerSns(stores), guard('sns')),
    answerSdk(SQSClient, answerSqs(stores), guard('sqs')),
    answerSdk(SSMClient, answerSsm(stores), guard('ssm')),
    answerPosts(types, gate, boxServices(options.groups, clock)),
  ];
  let [mostChanges, failures] = [0, 0];
  mock.timers.enable({ apis: ['Date'], now: clock() * 1000 });

  async function hear(
    handlers: BoxHandlers,
    name: keyof BoxHandlers,
    event: object,
  ): Promise<unknown> {
    mock.timers.setTime(clock() * 1000);
    const before = new Map([...groups].map(([key, { world }]) => [key, world.group.changes]));
    const answer = await attempted(handlers, name, event);
    for (const [key, { world }] of groups) {
      mostChanges = Math.max(mostChanges, world.group.changes - (before.get(key) ?? 0));
    }
    check();
    return answer;
  }

  async function attempted(
    handlers: BoxHandlers,
    name: keyof BoxHandlers,
    event: object,
  ): Promise<unknown> {
    for (let attempt = REPEATED.includes(name) ? 3 : 1; attempt > 0; attempt--) {
      from = name;
      try {
        return await handlers[name](event, context);
      } catch (error) {
        // Where nothing is refused a failure is a finding.
        if (options.isAllowed === undefined) throw error;
        failures++;
      } finally {
        from = null;
      }
    }
    return null;
  }

  async function deliver(handlers: BoxHandlers): Promise<void> {
    const time = new Date(clock() * 1000).toISOString();
    const notices = [...groups].flatMap(([name, { world }]) =>
      world.group.takeNotices().map((one) => lifecycleEvent(name, one)),
    );
    for (const event of options.reversed ? notices.reverse() : notices) {
      for (let k = 0; k < deliveries; k++) await hear(handlers, 'allocate', event);
    }
    if ((clock() - phaseSeconds) % STEP_SECONDS !== 0) return;
    const tick = { 'detail-type': 'Scheduled Event', time };
    await hear(handlers, 'ingest', tick);
    await train(handlers);
    await hear(handlers, 'monitor', tick);
    await hear(handlers, 'allocate', tick);
    await hear(handlers, 'giveBack', tick);
    for (const message of stores.published.splice(0)) {
      await hear(handlers, 'notify', { Records: [{ Sns: notice(message) }] });
    }
    if (clock() % DAY_SECONDS === phaseSeconds + (options.trainsAtSeconds ?? NaN)) {
      const call = (name: keyof BoxHandlers, event: object) => hear(handlers, name, event);
      await runTraining({ stores, call, nowSeconds: clock() });
    }
  }

  async function train(handlers: BoxHandlers): Promise<void> {
    const Records = stores.queued.splice(0).map((body, k) => ({
      messageId: String(k),
      eventSource: 'aws:sqs',
      body,
    }));
    if (Records.length > 0) await hear(handlers, 'train', { Records });
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
    get failures() {
      return failures;
    },
    call: hear,
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
      Destination: notice.destination,
    },
  };
}
