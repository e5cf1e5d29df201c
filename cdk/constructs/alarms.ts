import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { foreprintMetric } from '#cdk/function/foreprint-metric.ts';

/** A scheduled function is late if it missed this many runs. */
const MISSED_RUNS = 3;
const FIVE_MINUTES = Duration.minutes(5);

export interface AlarmsProps {
  /** As in the metrics of its functions. */
  readonly deployment: string;
  readonly topic: ITopic;
  readonly deadLetters: Queue;
  readonly training: StateMachine;
  /** Every function, by its name in alarm texts. */
  readonly functions: Readonly<Record<string, ForeprintFunction>>;
  /** Minutes between two runs, for the functions that run every few minutes. */
  readonly everyMinutes: Readonly<Record<string, number>>;
}

/**
 * Alarms that notify the topic: incidents, failed applications, functions that fail or do not run,
 * failed training, dead letters.
 */
export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.action = new SnsAction(props.topic);
    const { deployment, deadLetters } = props;
    // The end of an incident is told by a message of its own.
    this.alarmOnAny(
      'Incidents',
      foreprintMetric(deployment, 'IncidentsOpened'),
      'incidents opened',
      { isTransient: true },
    );
    this.alarmOnAny(
      'FailedApplications',
      foreprintMetric(deployment, 'FailedApplications'),
      'groups failed in a run that continued without them; the log contains names and reasons',
    );
    this.alarmOnAny(
      'UnreachedApplications',
      foreprintMetric(deployment, 'UnreachedApplications'),
      'a run had no time for some groups; they keep the allocation of an earlier run',
    );
    // Letters stay in the queue for days and keep their alarm in ALARM: each new one rings here.
    this.alarmOnAny(
      'DeadLetters',
      deadLetters.metricNumberOfMessagesSent({ period: FIVE_MINUTES }),
      'an event was not handled and went to the dead-letter queue',
      { isTransient: true },
    );
    this.alarmOnAny(
      'DeadLettersLeft',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES }),
      'the dead-letter queue contains events that were not handled',
    );
    this.alarmOnAny(
      'TrainingFailed',
      props.training.metricFailed({ period: FIVE_MINUTES }),
      'a training run failed; the models are unchanged',
    );
    this.alarmOnAny(
      'TrainingTimedOut',
      props.training.metricTimedOut({ period: FIVE_MINUTES }),
      'a training run took more than six hours',
    );
    for (const [name, { lambda }] of Object.entries(props.functions)) {
      this.alarmOnAny(
        `${name}Errors`,
        lambda.metricErrors({ period: FIVE_MINUTES }),
        `the function ${name} failed`,
      );
    }
    for (const [name, minutes] of Object.entries(props.everyMinutes)) {
      const period = Duration.minutes(MISSED_RUNS * minutes);
      this.alarmOnNone(
        `${name}Late`,
        props.functions[name]!.lambda.metricInvocations({ period }),
        `the function ${name} has not run for ${period.toMinutes()} minutes`,
      );
    }
  }

  private alarmOnAny(
    id: string,
    metric: IMetric,
    description: string,
    { isTransient = false }: { readonly isTransient?: boolean } = {},
  ): void {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `Foreprint: ${description}`,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.action);
    if (!isTransient) alarm.addOkAction(this.action);
  }

  private alarmOnNone(id: string, metric: IMetric, description: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `Foreprint: ${description}`,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
  }
}
