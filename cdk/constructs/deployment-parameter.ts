import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { deploymentParameterName, type DeploymentRecord } from '#cdk/configuration/deployment.ts';

/** The SSM parameter by which the command line finds this deployment. No function reads it. */
export class DeploymentParameter extends Construct {
  constructor(scope: Construct, id: string, record: DeploymentRecord) {
    super(scope, id);
    const stack = Stack.of(this);
    new StringParameter(this, 'Parameter', {
      parameterName: deploymentParameterName(stack.stackName),
      // A nested stack's name is not known before the deployment; the name begins with a slash in any case.
      simpleName: false,
      stringValue: stack.toJsonString(record),
      description: 'What the command line of Foreprint has to know of this deployment.',
    });
  }
}
