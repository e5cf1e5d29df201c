import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Name of a deployment's dashboard: ours rather than CloudFormation's, because the dashboard shows the function whose
 * messages point to it. An account has one list of dashboards for all regions.
 */
export function dashboardName(scope: Construct): string {
  const { stackName, region } = Stack.of(scope);
  return `${stackName}-${region}-${scope.node.addr.slice(-8)}`;
}

/** Address of that dashboard in the console. */
export function dashboardUrl(scope: Construct): string {
  const { region } = Stack.of(scope);
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return `${console}#dashboards/dashboard/${dashboardName(scope)}`;
}
