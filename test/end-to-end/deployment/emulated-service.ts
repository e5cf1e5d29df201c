import { describeServices } from '#adapters/aws/ecs/describe-services.ts';
import { ECS_DIMENSION } from '#adapters/aws/ecs/list-of-services.ts';
import { createJsonCall, type JsonCall } from '#adapters/aws/json-call.ts';
import { REGION } from './emulated-account.ts';
import { SERVICE, TASKS } from './emulated-fleet.ts';

/** What tests do to, and read of, the service of the emulated account. */
export interface EmulatedService {
  /** Makes it with a scalable target and a policy of its owner, enrolled by nobody. */
  create(): Promise<void>;
  read(): Promise<{
    readonly minimum: number | undefined;
    readonly desired: number | undefined;
    readonly tags: Readonly<Record<string, string>>;
  }>;
}

/** @param endpoint of moto. */
export function emulatedService(endpoint: string): EmulatedService {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const call: JsonCall = createJsonCall(() => ({ region: REGION, credentials, endpoint }));
  const [, cluster = '', serviceName = ''] = SERVICE.split('/');
  const target = { ...ECS_DIMENSION, ResourceId: SERVICE };
  return {
    async create() {
      await call('ecs', 'CreateCluster', { clusterName: cluster });
      await call('ecs', 'RegisterTaskDefinition', {
        family: serviceName,
        cpu: '1024',
        memory: '2048',
        containerDefinitions: [{ name: 'web', image: 'web', cpu: 1024, memory: 2048 }],
      });
      const tasks = { taskDefinition: serviceName, desiredCount: TASKS, launchType: 'FARGATE' };
      await call('ecs', 'CreateService', { cluster, serviceName, ...tasks });
      const limits = { MinCapacity: 1, MaxCapacity: 9 };
      await call('application-autoscaling', 'RegisterScalableTarget', { ...target, ...limits });
      const PredefinedMetricType = 'ECSServiceAverageCPUUtilization';
      await call('application-autoscaling', 'PutScalingPolicy', {
        ...target,
        PolicyName: 'keep-cpu',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType },
        },
      });
    },
    async read() {
      const service = (await describeServices(call, [SERVICE])).get(SERVICE);
      return {
        minimum: service?.limits?.min,
        desired: service?.desired,
        tags: Object.fromEntries(service?.tags ?? []),
      };
    },
  };
}
