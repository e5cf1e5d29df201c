import * as z from 'zod';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { parseServiceId } from '#adapters/aws/naming/service-id.ts';
import { describeScalableTargets, type TargetLimits } from './scalable-targets.ts';

/** Tasks of one task definition; a deployment has several of them for a while. */
export interface ServiceTasks {
  /** ARN with the revision. */
  readonly taskDefinition: string;
  readonly running: number;
  readonly pending: number;
}

/** An active ECS service with its scalable target. */
export interface DescribedService {
  /** "service/CLUSTER/NAME". */
  readonly id: string;
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly desired: number;
  readonly tasks: readonly ServiceTasks[];
  /** False for one task on each host, whose number nobody sets. */
  readonly isReplica: boolean;
  /** Seconds that one sample of a task's CPU covers. */
  readonly sampleSeconds: 20 | 60;
  /** Null where nobody registered the service with Application Auto Scaling. */
  readonly limits: TargetLimits | null;
}

/** Most services that one call accepts, all of one cluster. */
const CALL_SERVICES = 10;

const countedTasks = z.object({
  taskDefinition: z.string(),
  runningCount: z.number(),
  pendingCount: z.number(),
});

const answerSchema = z.object({
  services: z.array(
    z.object({
      serviceName: z.string(),
      serviceArn: z.string(),
      status: z.string(),
      desiredCount: z.number(),
      schedulingStrategy: z.string().nullish(),
      deployments: z.array(countedTasks).nullish(),
      tags: z.array(z.object({ key: z.string(), value: z.string().default('') })).nullish(),
      monitoringConfiguration: z
        .object({
          metricConfigurations: z
            .array(z.object({ metricNames: z.array(z.string()), resolutionSeconds: z.number() }))
            .nullish(),
        })
        .nullish(),
    }),
  ),
});

type WireService = z.output<typeof answerSchema>['services'][number];

/**
 * Services by identifier. Services that do not exist or are being deleted are absent.
 * @param known limits that were read before; they are read too without it.
 * @throws whatever `call` throws, but for a cluster that does not exist.
 */
export async function describeServices(
  call: JsonCall,
  ids: readonly string[],
  known?: ReadonlyMap<string, TargetLimits>,
): Promise<ReadonlyMap<string, DescribedService>> {
  const described = new Map<string, DescribedService>();
  if (ids.length === 0) return described;
  const limits = known ?? (await describeScalableTargets(call, ids));
  for (const [cluster, names] of byCluster(ids)) {
    for (let at = 0; at < names.length; at += CALL_SERVICES) {
      const services = names.slice(at, at + CALL_SERVICES);
      for (const service of await askFor(call, cluster, services)) {
        const id = `service/${cluster}/${service.serviceName}`;
        if (service.status === 'ACTIVE') {
          described.set(id, serviceOf(id, service, limits.get(id) ?? null));
        }
      }
    }
  }
  return described;
}

/**
 * Every service of the region that Application Auto Scaling knows.
 * @throws whatever `call` throws.
 */
export async function listScalableServices(call: JsonCall): Promise<readonly DescribedService[]> {
  const limits = await describeScalableTargets(call);
  return [...(await describeServices(call, [...limits.keys()], limits)).values()];
}

function byCluster(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const clusters = new Map<string, string[]>();
  for (const id of ids) {
    const name = parseServiceId(id);
    if (name === null) continue;
    clusters.set(name.cluster, [...(clusters.get(name.cluster) ?? []), name.service]);
  }
  return clusters;
}

async function askFor(
  call: JsonCall,
  cluster: string,
  services: readonly string[],
): Promise<readonly WireService[]> {
  try {
    const input = { cluster, services, include: ['TAGS'] };
    return answerSchema.parse(await call('ecs', 'DescribeServices', input)).services;
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return [];
    throw error;
  }
}

function serviceOf(
  id: string,
  service: WireService,
  limits: TargetLimits | null,
): DescribedService {
  const { serviceArn: arn, desiredCount: desired, tags, deployments } = service;
  const configured = service.monitoringConfiguration?.metricConfigurations ?? [];
  const isFine = configured.some(
    ({ metricNames, resolutionSeconds }) =>
      resolutionSeconds === 20 && metricNames.includes('CPUUtilization'),
  );
  return {
    id,
    arn,
    tags: new Map((tags ?? []).map(({ key, value }) => [key, value] as const)),
    desired,
    tasks: (deployments ?? []).map(({ taskDefinition, runningCount, pendingCount }) => ({
      taskDefinition,
      running: runningCount,
      pending: pendingCount,
    })),
    isReplica: service.schedulingStrategy !== 'DAEMON',
    sampleSeconds: isFine ? 20 : 60,
    limits,
  };
}
