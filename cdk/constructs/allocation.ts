import { Duration } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Configuration } from '#cdk/configuration/configuration-schema.ts';
import { LAUNCH_HOOK, TERMINATE_HOOK } from '#cdk/configuration/group-tags.ts';
import { allowGroupReading, allowGroupScaling } from '#cdk/function/auto-scaling-access.ts';
import { ForeprintFunction } from '#cdk/function/foreprint-function.ts';
import { invokeEvery, invokeOn, RUN_MINUTE } from '#cdk/function/invoke-on.ts';
import { allowServiceReading, allowServiceScaling } from '#cdk/function/service-access.ts';
import type { Stores } from './stores.ts';

/**
 * The allocation function. It runs for every lifecycle action of Foreprint's hooks, and every few
 * minutes for all groups.
 */
export class Allocation extends Construct {
  readonly function: ForeprintFunction;
  /** Everything that invokes the function. */
  readonly rules: readonly Rule[];

  constructor(scope: Construct, id: string, props: Stores & { configuration: Configuration }) {
    super(scope, id);
    this.function = new ForeprintFunction(this, 'Allocate', {
      surroundings: props.surroundings,
      entry: 'allocate',
      description: 'Foreprint: decides what groups need next and completes their lifecycle actions',
      memoryMb: 1769,
      timeout: Duration.minutes(4),
      onnxruntime: props.onnxruntime,
    });
    props.history.bind(this.function);
    props.state.bind(this.function);
    props.state.bindHandledEvents(this.function);
    props.models.bindRead(this.function);
    props.killSwitch.bind(this.function);
    allowGroupReading(this.function, ['policies', 'schedules', 'types']);
    allowGroupScaling(this.function);
    allowServiceReading(this.function, ['policies', 'schedules', 'tasks']);
    allowServiceScaling(this.function);
    const { allocateMinutes, parts } = props.configuration.schedules;
    const schedule = invokeEvery(this.function, {
      minutes: allocateMinutes,
      at: RUN_MINUTE.decide,
      parts,
    });
    // Minimums are restored when the kill switch is changed, not at the next scheduled run.
    const switched = invokeOn(this.function, 'Switched', {
      source: ['aws.ssm'],
      detailType: ['Parameter Store Change'],
      detail: { name: [props.killSwitch.parameter.parameterName] },
    });
    const events = invokeOn(this.function, 'Events', {
      source: ['aws.autoscaling'],
      detailType: [
        'EC2 Instance-launch Lifecycle Action',
        'EC2 Instance-terminate Lifecycle Action',
      ],
      detail: { LifecycleHookName: [LAUNCH_HOOK, TERMINATE_HOOK] },
    });
    this.rules = [schedule, switched, events];
  }
}
