import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createEcsServiceTarget } from '#adapters/aws/ecs/ecs-service-target.ts';
import { JsonCallError } from '#adapters/aws/json-call.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { floorTargetContract, MORNING } from '#test/adapters/contracts/floor-target-contract.ts';
import {
  autoScalingError,
  emulateAutoScaling,
  type EmulatedGroup,
} from '#test/emulators/emulate-auto-scaling.ts';
import { emulateEcs, TASK_DEFINITION, type EmulatedService } from '#test/emulators/emulate-ecs.ts';

const capacityOf = async () => ({ cpu: 2, memory: 4e9, disk: null, network: null });
const TAG = 'foreprint:minimum';

floorTargetContract('Auto Scaling groups', ({ atNine = false } = {}) => {
  const { client, groups, sent, faults } = emulateAutoScaling();
  const group: EmulatedGroup = {
    ...{ minSize: 2, maxSize: 10, desired: 3, tags: new Map(), instances: [] },
    ...(atNine && { scheduled: [{ MinSize: 8, Recurrence: '0 9 * * *' }] }),
  };
  groups.set('shop', group);
  const clock = { seconds: MORNING };
  const commands = {
    minimum: 'UpdateAutoScalingGroupCommand',
    show: 'CreateOrUpdateTagsCommand',
    hide: 'DeleteTagsCommand',
  };
  return {
    id: 'shop',
    target: createAutoScalingTarget({
      ...{ client, floors: createMemoryFloorStore(), capacityOf },
      nowSeconds: () => clock.seconds,
    }),
    clock,
    sizes: () => ({ min: group.minSize, max: group.maxSize, desired: group.desired }),
    setMinimum: (minimum) => void (group.minSize = minimum),
    shown: () => group.tags.get(TAG) ?? null,
    takeChanges: () => changesOf(sent.splice(0)),
    fail: (which) => faults.set(commands[which], autoScalingError('InternalFailure', 'later')),
    remove: () => groups.delete('shop'),
  };
});

floorTargetContract('services of ECS', ({ atNine = false } = {}) => {
  const { call, services, sent, faults } = emulateEcs();
  const scheduled = [
    {
      Schedule: 'cron(0 9 * * ? *)',
      CreationTime: MORNING - 1e6,
      ScalableTargetAction: { MinCapacity: 8 },
    },
  ];
  const service: EmulatedService = {
    limits: { min: 2, max: 10 },
    desired: 3,
    tags: new Map(),
    tasks: [{ taskDefinition: TASK_DEFINITION, runningCount: 3, pendingCount: 0 }],
    ...(atNine && { scheduled }),
  };
  const id = 'service/shop/web';
  services.set(id, service);
  const clock = { seconds: MORNING };
  const actions = { minimum: 'RegisterScalableTarget', show: 'TagResource', hide: 'UntagResource' };
  return {
    id,
    target: createEcsServiceTarget({
      ...{ call, floors: createMemoryFloorStore(), capacityOf },
      nowSeconds: () => clock.seconds,
    }),
    clock,
    sizes: () => ({ ...(service.limits ?? { min: NaN, max: NaN }), desired: service.desired }),
    setMinimum: (min) => void (service.limits = { min, max: service.limits?.max ?? NaN }),
    shown: () => service.tags.get(TAG) ?? null,
    takeChanges: () => changesOf(sent.splice(0)),
    fail: (which) => faults.set(actions[which], new JsonCallError('ServerException', 'later')),
    remove: () => services.delete(id),
  };
});

function changesOf(sent: readonly { readonly name: string }[]): readonly string[] {
  return sent.map(({ name }) => name).filter((name) => !name.startsWith('Describe'));
}
