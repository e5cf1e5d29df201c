import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { allowGroupReading, allowMetricReading } from '#cdk/function/auto-scaling-access.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { invokeEvery, RUN_MINUTE } from '#cdk/function/invoke-on.ts';
import { allowServiceReading } from '#cdk/function/service-access.ts';
import type { Stores } from './stores.ts';

/** The ingestion function: reads CloudWatch every few minutes and stores footprints. */
export class Ingest extends Construct {
  readonly function: ForeprintFunction;

  constructor(scope: Construct, id: string, props: Stores & { configuration: Configuration }) {
    super(scope, id);
    const { ingestMinutes } = props.configuration.schedules;
    this.function = new ForeprintFunction(this, 'Ingest', {
      surroundings: props.surroundings,
      entry: 'ingest',
      description: 'Foreprint: reads the metrics of enrolled groups and stores their footprints',
      memoryMb: 512,
      // A run must end before the next one starts: two runs would back-fill the same groups.
      timeout: Duration.minutes(Math.min(15, ingestMinutes)),
    });
    props.history.bind(this.function);
    props.state.bind(this.function);
    props.killSwitch.bind(this.function);
    allowGroupReading(this.function, ['types']);
    allowServiceReading(this.function, ['tasks']);
    allowMetricReading(this.function);
    invokeEvery(this.function, { minutes: ingestMinutes, at: RUN_MINUTE.ingest });
  }
}
