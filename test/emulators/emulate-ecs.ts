import { JsonCallError, type JsonCall } from '#adapters/aws/json-call.ts';
import { parseServiceId } from '#adapters/aws/naming/service-id.ts';
import type { SentCommand } from './answer-commands.ts';

export const TASK_DEFINITION = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/web:3';

export interface EmulatedService {
  /** Limits of its scalable target; null without one. */
  limits: { min: number; max: number } | null;
  desired: number;
  readonly tags: Map<string, string>;
  readonly tasks: readonly {
    readonly taskDefinition: string;
    readonly runningCount: number;
    readonly pendingCount: number;
  }[];
  /** As Application Auto Scaling has them. */
  readonly policies?: readonly object[];
  readonly scheduled?: readonly object[];
  readonly more?: object;
}

export interface EmulatedEcs {
  readonly call: JsonCall;
  /** By "service/CLUSTER/NAME". */
  readonly services: Map<string, EmulatedService>;
  readonly sent: SentCommand[];
  /** Thrown instead of the answer to the next call of that action. */
  readonly faults: Map<string, Error>;
}

/** What a task definition of the emulator says. */
const DEFINITION = { cpu: '2048', memory: '4096', containerDefinitions: [] };

/** ECS and Application Auto Scaling as far as Foreprint uses them, with their own refusals. */
export function emulateEcs(): EmulatedEcs {
  const emulated: EmulatedEcs = {
    services: new Map(),
    sent: [],
    faults: new Map(),
    async call(_, name, input) {
      emulated.sent.push({ name, input: { ...input } });
      const fault = emulated.faults.get(name);
      emulated.faults.delete(name);
      if (fault) throw fault;
      const act = ECS_ACTIONS[name];
      if (!act) throw new JsonCallError('UnknownOperationException', name);
      // What comes over the network is not what was sent.
      return structuredClone(act(emulated.services, { ...input }) ?? {});
    },
  };
  return emulated;
}

type Services = Map<string, EmulatedService>;
type Input = Readonly<Record<string, unknown>>;

const invalid = (message: string) => new JsonCallError('ValidationException', message);
const arnOf = (id: string) => `arn:aws:ecs:eu-central-1:123456789012:${id}`;

function registered(services: Services, input: Input): EmulatedService {
  const service = services.get(String(input['ResourceId']));
  if (!service) throw invalid(`ECS service doesn't exist: ${String(input['ResourceId'])}`);
  return service;
}

function byArn(services: Services, input: Input): EmulatedService {
  const [, service] =
    [...services].find(([id]) => arnOf(id) === String(input['resourceArn'])) ?? [];
  if (!service) throw new JsonCallError('ServiceNotFoundException', 'Service not found.');
  return service;
}

/** Application Auto Scaling brings the number of tasks within the limits when they change. */
function keepWithin(service: EmulatedService): void {
  const { min = 0, max = Infinity } = service.limits ?? {};
  service.desired = Math.max(min, Math.min(service.desired, max));
}

function ofServices(services: Services, input: Input) {
  const id = input['ResourceId'];
  return [...services].filter(([name]) => id === undefined || id === name);
}

export const ECS_ACTIONS: Readonly<
  Record<string, (services: Services, input: Input) => object | undefined>
> = {
  DescribeScalableTargets: (services, input) => {
    const ids = input['ResourceIds'] as readonly string[] | undefined;
    return {
      ScalableTargets: [...services].flatMap(([ResourceId, { limits }]) =>
        limits === null || ids?.includes(ResourceId) === false
          ? []
          : [{ ResourceId, MinCapacity: limits.min, MaxCapacity: limits.max }],
      ),
    };
  },
  DescribeServices: (services, input) => {
    const asked = input['services'] as readonly string[];
    if (asked.length > 10) throw invalid('services can have at most 10 items.');
    return {
      services: [...services].flatMap(([id, service]) => {
        const name = parseServiceId(id);
        if (name?.cluster !== input['cluster'] || !asked.includes(name?.service ?? '')) return [];
        return [wireService(id, service)];
      }),
      failures: [],
    };
  },
  DescribeScheduledActions: (services, input) => ({
    ScheduledActions: ofServices(services, input).flatMap(([ResourceId, { scheduled = [] }]) =>
      scheduled.map((action) => ({ ScheduledActionName: 'own', ...action, ResourceId })),
    ),
  }),
  DescribeScalingPolicies: (services, input) => ({
    ScalingPolicies: ofServices(services, input).flatMap(([ResourceId, { policies = [] }]) =>
      policies.map((policy) => ({ ...policy, ResourceId })),
    ),
  }),
  DescribeTaskDefinition: () => ({ taskDefinition: DEFINITION }),
  RegisterScalableTarget: (services, input) => {
    const service = registered(services, input);
    const min = Number(input['MinCapacity'] ?? service.limits?.min);
    const max = Number(input['MaxCapacity'] ?? service.limits?.max);
    if (!(min <= max)) throw invalid('Maximum capacity cannot be less than minimum capacity');
    service.limits = { min, max };
    keepWithin(service);
    return undefined;
  },
  UpdateService: (services, input) => {
    const id = `service/${String(input['cluster'])}/${String(input['service'])}`;
    const service = services.get(id);
    if (!service) throw new JsonCallError('ServiceNotFoundException', 'Service not found.');
    service.desired = Number(input['desiredCount']);
    return undefined;
  },
  TagResource: (services, input) => {
    const { tags } = byArn(services, input);
    for (const { key, value } of input['tags'] as readonly { key: string; value: string }[]) {
      tags.set(key, value);
    }
    return undefined;
  },
  UntagResource: (services, input) => {
    const { tags } = byArn(services, input);
    for (const key of input['tagKeys'] as readonly string[]) tags.delete(key);
    return undefined;
  },
};

function wireService(id: string, service: EmulatedService): object {
  return {
    serviceName: parseServiceId(id)?.service,
    serviceArn: arnOf(id),
    status: 'ACTIVE',
    desiredCount: service.desired,
    schedulingStrategy: 'REPLICA',
    deployments: service.tasks.map((tasks) => ({ ...tasks })),
    tags: [...service.tags].map(([key, value]) => ({ key, value })),
    ...service.more,
  };
}
