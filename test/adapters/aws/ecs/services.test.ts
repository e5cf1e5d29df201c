import { describe, expect, it } from 'vitest';
import { describeServices, listScalableServices } from '#adapters/aws/ecs/describe-services.ts';
import { createEcsServiceTarget } from '#adapters/aws/ecs/ecs-service-target.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { describeServicePolicies } from '#adapters/aws/ecs/service-policies.ts';
import { taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import { JsonCallError } from '#adapters/aws/json-call.ts';
import { isServiceId, parseServiceId } from '#adapters/aws/naming/service-id.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { emulateEcs, TASK_DEFINITION, type EmulatedService } from '#test/emulators/emulate-ecs.ts';

const OLD_DEFINITION = TASK_DEFINITION.replace(':3', ':2');

function openService(more: Partial<EmulatedService> = {}) {
  const emulated = emulateEcs();
  const service: EmulatedService = {
    limits: { min: 2, max: 10 },
    desired: 4,
    tags: new Map([['foreprint:mode', 'observe']]),
    tasks: [{ taskDefinition: TASK_DEFINITION, runningCount: 3, pendingCount: 1 }],
    ...more,
  };
  emulated.services.set('service/shop/web', service);
  return { ...emulated, service };
}

describe('identifiers of services', () => {
  it.each(['shop', 'service', 'service/web', 'service/a/b/c', 'table/orders'])(
    'leave %s to others',
    (id) => {
      expect(isServiceId(id)).toBe(false);
      expect(parseServiceId(id)).toBeNull();
    },
  );

  it('are those of Application Auto Scaling', () => {
    expect(parseServiceId('service/shop/web-1')).toEqual({ cluster: 'shop', service: 'web-1' });
  });
});

describe('describing services', () => {
  it('asks for ten of a cluster at once, and omits what is not active', async () => {
    const { call, services, sent } = emulateEcs();
    const ids = Array.from({ length: 23 }, (_, k) => `service/${k < 12 ? 'a' : 'b'}/s${k}`);
    for (const id of ids) {
      services.set(id, { limits: null, desired: 1, tags: new Map(), tasks: [] });
    }
    services.set('service/b/gone', {
      ...{ limits: { min: 0, max: 1 }, desired: 0, tags: new Map(), tasks: [] },
      more: { status: 'INACTIVE' },
    });
    const described = await describeServices(call, [...ids, 'service/b/gone', 'service/c/none']);
    expect([...described.keys()]).toEqual(ids);
    expect(sent.filter(({ name }) => name === 'DescribeServices')).toHaveLength(5);
  });

  it('finds no service in a cluster that does not exist', async () => {
    const { call, faults } = openService();
    faults.set('DescribeServices', new JsonCallError('ClusterNotFoundException', 'none'));
    expect((await describeServices(call, ['service/shop/web'])).size).toBe(0);
    faults.set('DescribeServices', new JsonCallError('AccessDeniedException', 'no'));
    await expect(describeServices(call, ['service/shop/web'])).rejects.toThrow('no');
  });

  it('lists the services that have a scalable target, and no others', async () => {
    const { call, services } = openService();
    services.set('service/shop/fixed', {
      ...{ limits: null, desired: 2, tags: new Map(), tasks: [] },
    });
    expect((await listScalableServices(call)).map(({ id }) => id)).toEqual(['service/shop/web']);
  });

  it('counts the tasks of every deployment with their own definition', async () => {
    const { call } = openService({
      tasks: [
        { taskDefinition: TASK_DEFINITION, runningCount: 1, pendingCount: 1 },
        { taskDefinition: OLD_DEFINITION, runningCount: 3, pendingCount: 0 },
      ],
    });
    const service = (await describeServices(call, ['service/shop/web'])).get('service/shop/web')!;
    const { Instances: tasks = [], MinSize, MaxSize, DesiredCapacity } = serviceAsGroup(service);
    expect({ MinSize, MaxSize, DesiredCapacity }).toEqual({
      ...{ MinSize: 2, MaxSize: 10, DesiredCapacity: 4 },
    });
    expect(tasks.map((task) => [task.InstanceType, task.LifecycleState])).toEqual([
      [TASK_DEFINITION, 'InService'],
      [TASK_DEFINITION, 'Pending'],
      ...Array.from({ length: 3 }, () => [OLD_DEFINITION, 'InService']),
    ]);
  });

  it('reads how fine its CPU is measured', async () => {
    const fine = (metricNames: readonly string[]) => ({
      monitoringConfiguration: { metricConfigurations: [{ metricNames, resolutionSeconds: 20 }] },
    });
    const secondsOf = async (more: object) => {
      const { call } = openService({ more });
      return (await listScalableServices(call))[0]?.sampleSeconds;
    };
    expect(await secondsOf({})).toBe(60);
    expect(await secondsOf(fine(['MemoryUtilization']))).toBe(60);
    expect(await secondsOf(fine(['CPUUtilization']))).toBe(20);
  });
});

describe('the size of a task', () => {
  const capacityOf = (taskDefinition: object) =>
    taskCapacity(async () => ({ taskDefinition }), TASK_DEFINITION);

  it('is the task’s, in cores and bytes', async () => {
    const containerDefinitions = [{ cpu: 100, memory: 128 }];
    expect(await capacityOf({ cpu: '512', memory: '1024', containerDefinitions })).toEqual({
      ...{ cpu: 0.5, memory: 2 ** 30, disk: null, network: null },
    });
  });

  it('is its containers’ where the task says nothing, the soft limit of memory first', async () => {
    const containerDefinitions = [
      { cpu: 768, memory: 4096, memoryReservation: 1024 },
      { cpu: 256, memory: 1024 },
    ];
    expect(await capacityOf({ containerDefinitions })).toMatchObject({ cpu: 1, memory: 2 ** 31 });
  });

  it('limits nothing where nothing is said', async () => {
    expect(await capacityOf({ containerDefinitions: [{ cpu: 0 }] })).toMatchObject({
      ...{ cpu: null, memory: null },
    });
  });
});

describe('policies of services', () => {
  const tracking = (PredefinedMetricType: string, TargetValue: number) => ({
    PolicyName: PredefinedMetricType,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue,
      PredefinedMetricSpecification: { PredefinedMetricType },
    },
  });

  it('say what CPU their owners want, and which of them move the service', async () => {
    const { call } = openService({
      policies: [
        tracking('ECSServiceAverageCPUUtilizationHighResolution', 60),
        tracking('ECSServiceAverageCPUUtilization', 70),
        tracking('ECSServiceAverageMemoryUtilization', 40),
        { PolicyName: 'ahead', PolicyType: 'PredictiveScaling' },
      ],
    });
    const policies = await describeServicePolicies(call, 'service/shop/web');
    expect(policies.get('service/shop/web')).toMatchObject({
      cpuTarget: 0.6,
      dynamic: [
        'ECSServiceAverageCPUUtilizationHighResolution',
        'ECSServiceAverageCPUUtilization',
        'ECSServiceAverageMemoryUtilization',
      ],
    });
  });
});

describe('a service as a scaling target', () => {
  function openTarget(more: Partial<EmulatedService> = {}) {
    const opened = openService(more);
    const target = createEcsServiceTarget({
      call: opened.call,
      floors: createMemoryFloorStore(),
      nowSeconds: () => 1_764_000_000,
      capacityOf: (_, [type = '']) => taskCapacity(opened.call, type),
    });
    return { ...opened, target };
  }

  it('has its tasks as instances', async () => {
    const { target } = openTarget();
    expect(await target.describe('service/shop/web')).toEqual({
      desiredInstances: 4,
      inServiceInstances: 3,
      pendingInstances: 1,
      limits: { minInstances: 2, maxInstances: 10 },
      instanceCapacity: { cpu: 2, memory: 4096 * 2 ** 20, disk: null, network: null },
    });
  });

  it('without limits of its owner is left alone', async () => {
    const { target, sent } = openTarget({ limits: null });
    await expect(target.setFloor('service/shop/web', 5)).rejects.toThrow(
      'ECS service service/shop/web: does not exist',
    );
    expect(sent.map(({ name }) => name).filter((name) => !name.startsWith('Describe'))).toEqual([]);
  });

  it('is busy during a concurrent update', async () => {
    const { target, faults } = openTarget();
    faults.set('UpdateService', new JsonCallError('ConcurrentUpdateException', 'wait'));
    await expect(target.setDesired('service/shop/web', 6)).rejects.toMatchObject({ fault: 'busy' });
  });

  it('changes the minimum and nothing else of the scalable target', async () => {
    const { target, sent, service } = openTarget();
    await target.setFloor('service/shop/web', 6);
    expect(sent.find(({ name }) => name === 'RegisterScalableTarget')?.input).toEqual({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: 'service/shop/web',
      MinCapacity: 6,
    });
    expect(service).toMatchObject({ limits: { min: 6, max: 10 }, desired: 6 });
  });
});
