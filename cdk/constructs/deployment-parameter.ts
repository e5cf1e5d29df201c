import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { deploymentParameterName, type DeploymentRecord } from '#cdk/configuration/deployment.ts';
import { parameterFaults } from '#cdk/function/deployment-limits.ts';

/** The SSM parameter that the command line reads to find this deployment. No function reads it. */
export class DeploymentParameter extends Construct {
  constructor(scope: Construct, id: string, record: DeploymentRecord) {
    super(scope, id);
    const stack = Stack.of(this);
    new StringParameter(this, 'Parameter', {
      parameterName: deploymentParameterName(stack.stackName),
      // The stack name of a nested stack is unknown at synthesis, but the parameter's name always
      // starts with a slash.
      simpleName: false,
      stringValue: stack.toJsonString(record),
      description: 'Names and settings of this deployment for the command line of Foreprint.',
    });
    // The names of tables are in the record as tokens, whose text is about as long as a name.
    this.node.addValidation({ validate: () => parameterFaults(JSON.stringify(record)) });
  }
}
