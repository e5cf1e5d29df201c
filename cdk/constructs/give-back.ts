import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { allowGivingBack, allowGroupReading } from '#cdk/function/auto-scaling-access.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { invokeEvery, RUN_MINUTE } from '#cdk/function/invoke-on.ts';
import { allowServiceGivingBack, allowServiceReading } from '#cdk/function/service-access.ts';
import type { Stores } from './stores.ts';

/**
 * The function that leaves groups as their owners had them. Every few minutes it looks for groups
 * that lost their tag; before the stack is deleted it gives back all of them.
 */
export class GiveBack extends Construct {
  readonly function: ForeprintFunction;
  /** While it exists, groups are looked after. What acts on groups has to be deleted before it. */
  readonly resource: CustomResource;

  constructor(
    scope: Construct,
    id: string,
    { surroundings, state, killSwitch, configuration }: Stores & { configuration: Configuration },
  ) {
    super(scope, id);
    const timeout = Duration.minutes(10);
    this.function = new ForeprintFunction(this, 'GiveBack', {
      surroundings,
      entry: 'give-back',
      description: 'Foreprint: gives groups that are no longer enrolled back to their owners',
      memoryMb: 512,
      timeout,
      isRepeatable: true,
    });
    state.bind(this.function);
    killSwitch.bindWrite(this.function);
    allowGroupReading(this.function, ['hooks', 'schedules']);
    allowGivingBack(this.function);
    allowServiceReading(this.function, ['schedules']);
    allowServiceGivingBack(this.function);
    const minutes = configuration.schedules.allocateMinutes;
    invokeEvery(this.function, { minutes, at: RUN_MINUTE.others });
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ForeprintGroups',
      serviceToken: this.function.lambda.functionArn,
      serviceTimeout: timeout,
    });
    // What the function needs is deleted after the resource that calls it.
    this.resource.node.addDependency(this.function, state, killSwitch);
  }
}
