import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { allowGroupReading, allowSupplyReading } from '#cdk/function/auto-scaling-access.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { invokeEvery, RUN_MINUTE } from '#cdk/function/invoke-on.ts';
import { allowServiceReading } from '#cdk/function/service-access.ts';
import type { Notification } from './notification.ts';
import type { Stores } from './stores.ts';

/**
 * The monitoring function: compares usage with forecast and allocation every few minutes, and
 * publishes incidents to the topic.
 */
export class Monitoring extends Construct {
  readonly function: ForeprintFunction;

  constructor(
    scope: Construct,
    id: string,
    props: Stores & { configuration: Configuration; notification: Notification },
  ) {
    super(scope, id);
    this.function = new ForeprintFunction(this, 'Monitor', {
      surroundings: props.surroundings,
      entry: 'monitor',
      description: 'Foreprint: compares actual use with forecast and allocation',
      memoryMb: 1769,
      timeout: Duration.minutes(4),
      onnxruntime: props.onnxruntime,
    });
    props.history.bind(this.function);
    props.state.bind(this.function);
    props.models.bindRead(this.function);
    props.killSwitch.bind(this.function);
    props.notification.bind(this.function);
    allowGroupReading(this.function, ['policies']);
    allowServiceReading(this.function, ['policies']);
    allowSupplyReading(this.function);
    const { monitorMinutes, parts } = props.configuration.schedules;
    invokeEvery(this.function, { minutes: monitorMinutes, at: RUN_MINUTE.decide, parts });
  }
}
