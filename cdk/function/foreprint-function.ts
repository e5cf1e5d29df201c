import type { Duration } from 'aws-cdk-lib';
import { ServicePrincipal, Role, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  Runtime,
  Tracing,
  type ILayerVersion,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundleFunction } from '#cdk/bundling/bundle-function.ts';
import type { FunctionVariable } from '#cdk/configuration/function-environment.ts';
import { environmentFaults } from './deployment-limits.ts';
import { MAX_EVENT_AGE } from './event-age.ts';
import { explain } from './explain.ts';
import type { FunctionSurroundings } from './function-surroundings.ts';

export interface ForeprintFunctionProps {
  readonly surroundings: FunctionSurroundings;
  /** File name in functions/ without extension. */
  readonly entry: string;
  readonly description: string;
  /** Less where the configuration allows less. */
  readonly memoryMb: number;
  readonly timeout: Duration;
  /**
   * The layer, for functions that load models. They run on `modelArchitecture`, all others on
   * arm64.
   */
  readonly onnxruntime?: ILayerVersion;
  /** Whether its event means the same later, so that Lambda may repeat it. */
  readonly isRepeatable?: boolean;
}

/** One Lambda function with its own role and log group; the role has no managed policies. */
export class ForeprintFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly deadLetters: IQueue;
  private readonly role: Role;
  private readonly variables: Record<string, string>;

  constructor(scope: Construct, id: string, props: ForeprintFunctionProps) {
    super(scope, id);
    const { surroundings, onnxruntime } = props;
    this.deadLetters = surroundings.deadLetters;
    this.variables = { ...surroundings.environment };
    const logGroup = new LogGroup(this, 'Logs', {
      retention: surroundings.logRetentionDays,
      removalPolicy: surroundings.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      code: bundleFunction(props.entry, surroundings.historyStore),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture:
        onnxruntime === undefined || surroundings.modelArchitecture === 'arm64'
          ? Architecture.ARM_64
          : Architecture.X86_64,
      layers: onnxruntime === undefined ? [] : [onnxruntime],
      memorySize: Math.min(props.memoryMb, surroundings.maxMemoryMb),
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      deadLetterQueue: surroundings.deadLetters,
      // A repeated tick would act on what was right when it was due; the next one is better.
      retryAttempts: props.isRepeatable ? 2 : 0,
      ...(!props.isRepeatable && { maxEventAge: MAX_EVENT_AGE }),
      role: this.role,
      logGroup,
      environment: surroundings.environment,
    });
    explain(this.role, 'AwsSolutions-IAM5[Resource::*]', STAR_REASON);
    this.node.addValidation({ validate: () => environmentFaults(this.variables) });
  }

  /** Sets an environment variable. Call it where the matching permission is granted. */
  setVariable(name: FunctionVariable, value: string): void {
    this.variables[name] = value;
    this.lambda.addEnvironment(name, value);
  }

  allow(statement: PolicyStatement): void {
    this.role.addToPolicy(statement);
  }
}

/** Reason for all statements with the resource `*`; test/cdk lists their actions. */
const STAR_REASON =
  'xray:Put*, autoscaling:Describe*, cloudwatch:GetMetricData, ec2:DescribeInstanceTypes and ' +
  'timestream:DescribeEndpoints have no resource-level permissions; nothing else is granted on *.';
