import { Duration } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  DistributedMap,
  JitterType,
  JsonPath,
  LogLevel,
  OutputType,
  ResultWriterV2,
  S3JsonItemReader,
  StateMachine,
  TaskInput,
  Transformation,
  WriterConfig,
  type RetryProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { explainTraining } from './explain-training.ts';
import type { Stores } from './stores.ts';

export type TrainingProps = Stores & { readonly configuration: Configuration };
export type TrainingStep = 'plan' | 'train' | 'recluster' | 'trainCluster' | 'conclude';

/** Names of the two Distributed Maps; they are part of their executions' names. */
export const FAN_OUTS = ['EachApplication', 'EachCluster'] as const;

/**
 * The state machine of a training run: list applications → train each → refine clusters → train
 * each → summarize the results.
 */
export function createTrainingMachine(
  scope: Construct,
  props: TrainingProps,
  steps: Readonly<Record<TrainingStep, ForeprintFunction>>,
): StateMachine {
  const { surroundings, models } = props;
  const startedAt = JsonPath.executionStartTime;
  const run = JsonPath.executionName;
  const { toleratedFailurePercentage } = props.configuration.training;
  const plan = invoke(scope, 'ListApplications', steps.plan, {
    input: { run, toleratedFailurePercentage },
    to: '$',
  });
  const applications = fanOut(scope, props, {
    name: 'EachApplication',
    key: '$.key',
    tolerated: '$.tolerated',
    item: { applicationId: JsonPath.stringAt('$$.Map.Item.Value'), startedAt },
    to: '$.applications',
  }).itemProcessor(invoke(scope, 'TrainOne', steps.train));
  const recluster = invoke(scope, 'RefineClusters', steps.recluster, {
    input: { startedAt, run, toleratedFailurePercentage },
    to: '$.refined',
  });
  const clusters = fanOut(scope, props, {
    name: 'EachCluster',
    key: '$.refined.key',
    tolerated: '$.refined.tolerated',
    item: { clusterId: JsonPath.stringAt('$$.Map.Item.Value'), startedAt },
    to: '$.clusters',
  }).itemProcessor(invoke(scope, 'TrainCluster', steps.trainCluster));
  const conclude = invoke(scope, 'AddUp', steps.conclude, {
    input: {
      run,
      applications: JsonPath.objectAt('$.applications'),
      clusters: JsonPath.objectAt('$.clusters'),
    },
    to: '$',
  });
  const machine = new StateMachine(scope, 'StateMachine', {
    definitionBody: DefinitionBody.fromChainable(
      plan.next(applications).next(recluster).next(clusters).next(conclude),
    ),
    tracingEnabled: true,
    timeout: Duration.hours(6),
    logs: {
      destination: new LogGroup(scope, 'Logs', {
        retention: surroundings.logRetentionDays,
        removalPolicy: surroundings.removalPolicy,
      }),
      level: LogLevel.ALL,
    },
  });
  explainTraining(machine, { functions: Object.values(steps), models, fanOuts: FAN_OUTS });
  return machine;
}

interface FanOut {
  readonly name: (typeof FAN_OUTS)[number];
  /** JSON path of the list's object key in the state's input. */
  readonly key: string;
  /** JSON path of the percentage of items that may fail, which depends on how many there are. */
  readonly tolerated: string;
  readonly item: Readonly<Record<string, string>>;
  readonly to: string;
}

function fanOut(
  scope: Construct,
  { models, configuration }: TrainingProps,
  { name, key, tolerated, item, to }: FanOut,
): DistributedMap {
  const { concurrency } = configuration.training;
  return new DistributedMap(scope, name, {
    label: name,
    maxConcurrency: concurrency,
    toleratedFailurePercentagePath: tolerated,
    itemReader: new S3JsonItemReader({ bucket: models.bucket, key: JsonPath.stringAt(key) }),
    itemSelector: { ...item },
    resultWriterV2: new ResultWriterV2({
      bucket: models.bucket,
      prefix: 'runs/results',
      writerConfig: new WriterConfig({
        outputType: OutputType.JSON,
        transformation: Transformation.COMPACT,
      }),
    }),
    resultPath: to,
  });
}

/**
 * A new account runs ten functions at once, far fewer than a run's concurrency: the others wait,
 * about three hours at most. The CDK's own list of errors to retry leaves throttling out.
 */
const WHEN_THROTTLED: RetryProps = {
  errors: ['Lambda.TooManyRequestsException'],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxDelay: Duration.minutes(5),
  maxAttempts: 40,
  jitterStrategy: JitterType.FULL,
};

/** Without a payload the function receives the state's input unchanged. */
function invoke(
  scope: Construct,
  id: string,
  { lambda }: ForeprintFunction,
  payload?: { readonly input: Readonly<Record<string, unknown>>; readonly to: string },
): LambdaInvoke {
  const task = new LambdaInvoke(scope, id, {
    lambdaFunction: lambda,
    payloadResponseOnly: true,
    retryOnServiceExceptions: true,
    ...(payload && { payload: TaskInput.fromObject(payload.input), resultPath: payload.to }),
  });
  task.addRetry(WHEN_THROTTLED);
  return task;
}
