import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ConfigurationInput } from './configuration/configuration-schema.ts';
import { Foreprint } from './foreprint.ts';

/** Foreprint as its own stack, with the outputs that users and the command line need. */
export class ForeprintStack extends Stack {
  readonly foreprint: Foreprint;

  constructor(
    scope: Construct,
    id: string,
    { configuration, ...props }: StackProps & { readonly configuration: ConfigurationInput },
  ) {
    super(scope, id, props);
    this.foreprint = new Foreprint(this, 'Foreprint', configuration);
    const { killSwitch, notification } = this.foreprint;
    new CfnOutput(this, 'KillSwitch', { value: killSwitch.parameter.parameterName });
    new CfnOutput(this, 'Topic', { value: notification.topic.topicArn });
  }
}
