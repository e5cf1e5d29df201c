import { RemovalPolicy } from 'aws-cdk-lib';
import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { BaseService } from 'aws-cdk-lib/aws-ecs';
import { Architecture, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { dashboardName, dashboardUrl } from '#cdk/function/dashboard-name.ts';
import type { FunctionSurroundings } from '#cdk/function/function-surroundings.ts';
import { onnxruntimeCode } from './bundling/onnxruntime-code.ts';
import type {
  Configuration,
  ConfigurationInput,
  ModelArchitecture,
} from './configuration/configuration-schema.ts';
import { parseConfiguration } from './configuration/parse-configuration.ts';
import { Alarms } from './constructs/alarms.ts';
import { Allocation } from './constructs/allocation.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { DeploymentParameter } from './constructs/deployment-parameter.ts';
import { enrolGroup, enrolService, type EnrolmentOptions } from './constructs/enrol-group.ts';
import { GiveBack } from './constructs/give-back.ts';
import { History } from './constructs/history.ts';
import { Ingest } from './constructs/ingest.ts';
import { KillSwitch } from './constructs/kill-switch.ts';
import { ModelsBucket } from './constructs/models-bucket.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { Notification } from './constructs/notification.ts';
import { OverviewDashboard } from './constructs/overview-dashboard.ts';
import { StateTables } from './constructs/state-tables.ts';
import { Training } from './constructs/training.ts';

/**
 * The whole system as one construct, for its own app or a user's. With the default configuration it
 * only observes, forecasts and logs its decisions.
 */
export class Foreprint extends Construct {
  readonly configuration: Configuration;
  readonly notification: Notification;
  readonly killSwitch: KillSwitch;

  /** @throws ConfigurationError that lists every fault of the configuration. */
  constructor(scope: Construct, id: string, input: ConfigurationInput = {}) {
    super(scope, id);
    const configuration = parseConfiguration(input, 'configuration of Foreprint');
    this.configuration = configuration;
    const deadLetters = new DeadLetters(this, 'DeadLetters').queue;
    this.killSwitch = new KillSwitch(this, 'KillSwitch');
    const deployment = dashboardName(this);
    const stores = {
      surroundings: surroundingsOf(configuration, { deadLetters, deployment }),
      history: new History(this, 'History', configuration),
      state: new StateTables(this, 'State', configuration),
      models: new ModelsBucket(this, 'Models', configuration),
      killSwitch: this.killSwitch,
      onnxruntime: this.createLayer(configuration.modelArchitecture),
      configuration,
    };
    new DeploymentParameter(this, 'Deployment', {
      mode: configuration.mode,
      groups: configuration.groups,
      historyStore: stores.history.kind,
      history: stores.history.location,
      table: stores.state.profiles.tableName,
      killSwitch: this.killSwitch.parameter.parameterName,
    });
    this.notification = new Notification(this, 'Notification', stores);
    const ingest = new Ingest(this, 'Ingest', stores).function;
    const training = new Training(this, 'Training', stores);
    training.bindRequests(ingest);
    const allocation = new Allocation(this, 'Allocation', stores);
    const giveBack = new GiveBack(this, 'GiveBack', stores);
    // Deleted first, so that nothing raises a minimum that was given back.
    for (const rule of allocation.rules) rule.node.addDependency(giveBack.resource);
    const allocate = allocation.function;
    const { notification } = this;
    const monitor = new Monitoring(this, 'Monitoring', { ...stores, notification }).function;
    monitor.setVariable('FOREPRINT_DASHBOARD_URL', dashboardUrl(this));
    training.bindRequests(monitor);
    const functions = {
      ingest,
      allocate,
      monitor,
      giveBack: giveBack.function,
      ...training.functions,
      ...(notification.function && { notify: notification.function }),
    };
    const { ingestMinutes, allocateMinutes, monitorMinutes } = configuration.schedules;
    new Alarms(this, 'Alarms', {
      deployment,
      topic: notification.topic,
      deadLetters,
      training: training.stateMachine,
      functions,
      everyMinutes: { ingest: ingestMinutes, allocate: allocateMinutes, monitor: monitorMinutes },
    });
    new OverviewDashboard(this, 'Overview', {
      deployment,
      training: training.stateMachine,
      functions,
    });
  }

  /**
   * Enrols a group of the same app: adds its tags, and lifecycle hooks that let an instance wait
   * for a decision. Groups outside the app are enrolled with the same tags. Of an ECS service,
   * which needs a scalable target (`autoScaleTaskCount`), it adds the tags.
   */
  manage(managed: AutoScalingGroup | BaseService, options: EnrolmentOptions = {}): void {
    const own = { mode: this.configuration.mode, ...options };
    if ('autoScalingGroupName' in managed) enrolGroup(managed, own);
    else enrolService(managed, own);
  }

  private createLayer(architecture: ModelArchitecture): LayerVersion {
    const isArm = architecture === 'arm64';
    const name = isArm ? 'arm64' : 'x64';
    return new LayerVersion(this, 'Onnxruntime', {
      code: onnxruntimeCode(name),
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [isArm ? Architecture.ARM_64 : Architecture.X86_64],
      description: `ONNX Runtime for Node.js, linux/${name}`,
      license: 'MIT',
    });
  }
}

function surroundingsOf(
  configuration: Configuration,
  { deadLetters, deployment }: Pick<FunctionSurroundings, 'deadLetters'> & { deployment: string },
): FunctionSurroundings {
  const { mode, groups, horizonSteps, costs, defaultsByType, detection, expect, retention } =
    configuration;
  return {
    deadLetters,
    // The schema only accepts periods that CloudWatch Logs supports.
    logRetentionDays: retention.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
    historyStore: configuration.historyStore,
    modelArchitecture: configuration.modelArchitecture,
    maxMemoryMb: configuration.maxMemoryMb,
    environment: {
      FOREPRINT_DEPLOYMENT: deployment,
      FOREPRINT_CONFIGURATION: JSON.stringify({
        mode,
        groups,
        horizonSteps,
        historyDays: retention.historyDays,
        costs,
        defaultsByType,
        detection,
        expect,
      }),
    },
  };
}
