import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2 } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { allowGroupReading } from '#cdk/function/auto-scaling-access.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { allowServiceReading } from '#cdk/function/service-access.ts';
import type { Stores } from './stores.ts';
import {
  createTrainingMachine,
  type TrainingProps,
  type TrainingStep,
} from './training-machine.ts';

/** Time limit for training one application. */
const TRAIN_MINUTES = 15;

/**
 * Training as a state machine: list the enrolled applications, train each in its own invocation (a
 * Distributed Map, which scales to thousands), refine the clusters, train each of them in the same
 * way, and summarize the results. A queue trains newly enrolled applications without waiting for
 * the schedule.
 */
export class Training extends Construct {
  readonly stateMachine: StateMachine;
  readonly functions: Readonly<Record<TrainingStep, ForeprintFunction>>;
  private readonly requests: Queue;

  constructor(scope: Construct, id: string, props: TrainingProps) {
    super(scope, id);
    // A user's app may not set the feature flag. Without it the results of a run would have to fit
    // into 256 kB.
    this.node.setContext(STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2, true);
    this.functions = {
      plan: this.createPlan(props),
      train: this.createTrain(props),
      recluster: this.createRecluster(props),
      trainCluster: this.createTrainCluster(props),
      conclude: this.createConclude(props),
    };
    this.stateMachine = createTrainingMachine(this, props, this.functions);
    this.startOnSchedule(props.configuration.schedules.train, this.functions.plan);
    this.requests = this.createRequests(props);
  }

  /** Allows a function to request trainings without waiting for the schedule. */
  bindRequests(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_TRAINING_QUEUE', this.requests.queueUrl);
    target.allow(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.requests.queueArn] }),
    );
  }

  /** The queue of newly enrolled applications, one per invocation. */
  private createRequests({ surroundings, configuration }: TrainingProps): Queue {
    const requests = new Queue(this, 'Requests', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS recommends six times the function's timeout.
      visibilityTimeout: Duration.minutes(6 * TRAIN_MINUTES),
      deadLetterQueue: { queue: surroundings.deadLetters, maxReceiveCount: 3 },
    });
    this.functions.train.lambda.addEventSource(
      new SqsEventSource(requests, {
        batchSize: 1,
        reportBatchItemFailures: true,
        // The limits of an event source's concurrency.
        maxConcurrency: Math.max(2, Math.min(1000, configuration.training.concurrency)),
      }),
    );
    return requests;
  }

  private createPlan({ surroundings, models, killSwitch }: TrainingProps) {
    const plan = new ForeprintFunction(this, 'Plan', {
      surroundings,
      entry: 'plan-training',
      description: 'Foreprint: lists the applications of a training run',
      memoryMb: 256,
      timeout: Duration.minutes(2),
    });
    models.bindRuns(plan);
    killSwitch.bind(plan);
    allowGroupReading(plan);
    allowServiceReading(plan);
    return plan;
  }

  private createTrain({ surroundings, onnxruntime, ...stores }: TrainingProps) {
    const train = new ForeprintFunction(this, 'Train', {
      surroundings,
      entry: 'train',
      description: 'Foreprint: cross-validates, fits and stores the models of one application',
      memoryMb: 1769,
      timeout: Duration.minutes(TRAIN_MINUTES),
      onnxruntime,
    });
    bindLearning(train, stores);
    return train;
  }

  private createRecluster({ surroundings, ...stores }: TrainingProps) {
    const recluster = new ForeprintFunction(this, 'Recluster', {
      surroundings,
      entry: 'recluster',
      description: 'Foreprint: refines the clusters',
      memoryMb: 7076,
      timeout: Duration.minutes(15),
    });
    stores.history.bind(recluster);
    stores.state.bind(recluster);
    stores.models.bindResults(recluster);
    stores.killSwitch.bind(recluster);
    return recluster;
  }

  private createTrainCluster({ surroundings, onnxruntime, ...stores }: TrainingProps) {
    const trainCluster = new ForeprintFunction(this, 'Cluster', {
      surroundings,
      entry: 'train-cluster',
      description: 'Foreprint: trains the models of one cluster',
      memoryMb: 3538,
      timeout: Duration.minutes(15),
      onnxruntime,
    });
    bindLearning(trainCluster, stores);
    return trainCluster;
  }

  private createConclude({ surroundings, models }: TrainingProps) {
    const conclude = new ForeprintFunction(this, 'Conclude', {
      surroundings,
      entry: 'conclude-training',
      description: 'Foreprint: adds up the results of a training run',
      memoryMb: 512,
      timeout: Duration.minutes(2),
    });
    models.bindResults(conclude);
    return conclude;
  }

  private startOnSchedule(expression: string, { deadLetters }: ForeprintFunction): void {
    new Rule(this, 'Schedule', {
      schedule: Schedule.expression(expression),
      targets: [
        new SfnStateMachine(this.stateMachine, { deadLetterQueue: deadLetters, retryAttempts: 3 }),
      ],
    });
  }
}

function bindLearning(
  target: ForeprintFunction,
  {
    history,
    state,
    models,
    killSwitch,
  }: Pick<Stores, 'history' | 'state' | 'models' | 'killSwitch'>,
): void {
  history.bind(target);
  state.bind(target);
  models.bindReadWrite(target);
  killSwitch.bind(target);
}
