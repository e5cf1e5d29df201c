import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  DistributedMap,
  JsonPath,
  LogLevel,
  ResultWriterV2,
  S3JsonItemReader,
  StateMachine,
  TaskInput,
  WriterConfig,
  OutputType,
  Transformation,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2 } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { allowGroupReading } from './auto-scaling-access.ts';
import { explainTraining } from './explain-training.ts';
import { ForeprintFunction } from './foreprint-function.ts';
import type { Stores } from './stores.ts';

type TrainingProps = Stores & { readonly configuration: Configuration };

/**
 * The slow loop as a state machine: list the enrolled applications, train each in a function of its own (a Distributed
 * Map, so ten thousand are as good as ten), then refine the clusters and train theirs.
 */
export class Training extends Construct {
  readonly stateMachine: StateMachine;
  readonly functions: Readonly<Record<'plan' | 'train' | 'recluster', ForeprintFunction>>;

  constructor(scope: Construct, id: string, props: TrainingProps) {
    super(scope, id);
    // A user's own app may not have the flag; without it the results of a run would have to fit into 256 kB.
    this.node.setContext(STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2, true);
    const plan = this.createPlan(props);
    const train = this.createTrain(props);
    const recluster = this.createRecluster(props);
    this.functions = { plan, train, recluster };
    this.stateMachine = this.createStateMachine(props, this.functions);
    this.startOnSchedule(props.configuration.schedules.train, plan);
  }

  private createPlan({ surroundings, state, models, killSwitch }: TrainingProps) {
    const plan = new ForeprintFunction(this, 'Plan', {
      surroundings,
      entry: 'plan-training',
      description: 'Foreprint: lists the applications of a training run',
      memoryMb: 256,
      timeout: Duration.minutes(2),
    });
    state.bind(plan);
    models.bindRuns(plan);
    killSwitch.bind(plan);
    allowGroupReading(plan);
    return plan;
  }

  private createTrain({ surroundings, onnxruntime, ...stores }: TrainingProps) {
    const train = new ForeprintFunction(this, 'Train', {
      surroundings,
      entry: 'train',
      description: 'Foreprint: cross-validates, fits and stores the models of one application',
      memoryMb: 1769,
      timeout: Duration.minutes(15),
      onnxruntime,
    });
    bindLearning(train, stores);
    return train;
  }

  private createRecluster({ surroundings, onnxruntime, ...stores }: TrainingProps) {
    const recluster = new ForeprintFunction(this, 'Recluster', {
      surroundings,
      entry: 'recluster',
      description: 'Foreprint: refines the clusters and trains their models',
      memoryMb: 3538,
      timeout: Duration.minutes(15),
      onnxruntime,
    });
    bindLearning(recluster, stores);
    return recluster;
  }

  private createStateMachine(
    { surroundings, models, configuration }: TrainingProps,
    steps: Record<'plan' | 'train' | 'recluster', ForeprintFunction>,
  ): StateMachine {
    const { concurrency, toleratedFailurePercentage } = configuration.training;
    const each = new DistributedMap(this, 'EachApplication', {
      label: 'EachApplication',
      maxConcurrency: concurrency,
      toleratedFailurePercentage,
      itemReader: new S3JsonItemReader({ bucket: models.bucket, key: JsonPath.stringAt('$.key') }),
      itemSelector: {
        applicationId: JsonPath.stringAt('$$.Map.Item.Value'),
        startedAt: JsonPath.executionStartTime,
      },
      resultWriterV2: new ResultWriterV2({
        bucket: models.bucket,
        prefix: 'runs/results',
        writerConfig: new WriterConfig({
          outputType: OutputType.JSON,
          transformation: Transformation.COMPACT,
        }),
      }),
      resultPath: '$.results',
    }).itemProcessor(this.invoke('TrainOne', steps.train));
    const plan = this.invoke(
      'ListApplications',
      steps.plan,
      TaskInput.fromObject({ run: JsonPath.executionName }),
    );
    const recluster = this.invoke(
      'RefineClusters',
      steps.recluster,
      TaskInput.fromObject({ startedAt: JsonPath.executionStartTime }),
    );
    const machine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromChainable(plan.next(each).next(recluster)),
      tracingEnabled: true,
      timeout: Duration.hours(6),
      logs: {
        destination: new LogGroup(this, 'Logs', {
          retention: surroundings.logRetentionDays,
          removalPolicy: surroundings.removalPolicy,
        }),
        level: LogLevel.ALL,
      },
    });
    explainTraining(machine, Object.values(steps), models);
    return machine;
  }

  private invoke(id: string, { lambda }: ForeprintFunction, payload?: TaskInput): LambdaInvoke {
    return new LambdaInvoke(this, id, {
      lambdaFunction: lambda,
      payloadResponseOnly: true,
      retryOnServiceExceptions: true,
      ...(payload && { payload }),
    });
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
