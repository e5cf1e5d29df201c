import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { BaseService } from 'aws-cdk-lib/aws-ecs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { Foreprint as Deployment } from '#cdk/foreprint.ts';
import type { ForeprintProps, ManageOptions } from './props.ts';

/**
 * Foreprint in a CDK app. With the default properties it only observes, forecasts and logs its
 * decisions.
 */
export class Foreprint extends Construct {
  /** Gets incidents and alarms. */
  readonly topic: ITopic;
  /** Foreprint acts while its value is "run"; any other value stops every action. */
  readonly killSwitch: IStringParameter;
  private readonly deployment: Deployment;

  /** @throws Error that lists every fault of the properties. */
  constructor(scope: Construct, id: string, props: ForeprintProps = {}) {
    super(scope, id);
    this.deployment = new Deployment(this, 'Deployment', props);
    this.topic = this.deployment.notification.topic;
    this.killSwitch = this.deployment.killSwitch.parameter;
  }

  /**
   * Enrols a group of the same app: adds its tags, and lifecycle hooks that let an instance wait
   * for a decision. Of an ECS service, which needs a scalable target (`autoScaleTaskCount`), it
   * adds the tags.
   */
  manage(managed: AutoScalingGroup | BaseService, options: ManageOptions = {}): void {
    this.deployment.manage(managed, options);
  }
}
