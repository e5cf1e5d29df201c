import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { ForeprintFunction } from '#cdk/function/foreprint-function.ts';

/**
 * One SSM parameter that stops every action. Functions act only while its value is "run". They read
 * it again after 30 seconds, so any other value stops them within a minute.
 */
export class KillSwitch extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.parameter = new StringParameter(this, 'Parameter', {
      stringValue: 'run',
      description: 'Foreprint acts while this is "run"; set it to "stop" to stop every action.',
    });
  }

  /** Allows a function to turn the switch, without reading it. */
  bindWrite(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_SWITCH', this.parameter.parameterName);
    this.parameter.grantWrite(target.lambda);
  }

  bind(target: ForeprintFunction): void {
    target.setVariable('FOREPRINT_SWITCH', this.parameter.parameterName);
    this.parameter.grantRead(target.lambda);
  }
}
