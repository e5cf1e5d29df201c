import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { dashboardName } from '#cdk/function/dashboard-name.ts';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { foreprintMetric } from '#cdk/function/foreprint-metric.ts';

export interface OverviewDashboardProps {
  /** As in the metrics of its functions. */
  readonly deployment: string;
  readonly training: StateMachine;
  readonly functions: Readonly<Record<string, ForeprintFunction>>;
}

/** One dashboard per deployment: groups, decisions, failures and durations. */
export class OverviewDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OverviewDashboardProps) {
    super(scope, id);
    const { deployment, training, functions } = props;
    const lambdas = Object.values(functions).map(({ lambda }) => lambda);
    new Dashboard(this, 'Dashboard', {
      dashboardName: dashboardName(scope),
      widgets: [
        [
          graph('Groups and decisions', [
            foreprintMetric(deployment, 'Applications'),
            foreprintMetric(deployment, 'Decisions'),
          ]),
          graph('Incidents and failed groups', [
            foreprintMetric(deployment, 'IncidentsOpened'),
            foreprintMetric(deployment, 'FailedApplications'),
          ]),
        ],
        [
          graph(
            'Errors',
            lambdas.map((lambda) => lambda.metricErrors()),
          ),
          graph(
            'Duration',
            lambdas.map((lambda) => lambda.metricDuration({ statistic: 'p95' })),
          ),
        ],
        [graph('Training runs', [training.metricSucceeded(), training.metricFailed()])],
      ],
    });
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: 12 });
