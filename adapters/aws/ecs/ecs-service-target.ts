import {
  changeFloor,
  giveBackMinimum,
  type MinimumKeeper,
} from '#adapters/aws/auto-scaling/change-floor.ts';
import { groupOf, type Group } from '#adapters/aws/auto-scaling/find-group.ts';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import {
  clampToLimits,
  scalingState,
  type CapacityOf,
  type FloorTarget,
} from '#adapters/aws/floors/floor-target.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { parseServiceId } from '#adapters/aws/naming/service-id.ts';
import { describeServices, type DescribedService } from './describe-services.ts';
import { registerMinimum } from './scalable-targets.ts';
import { serviceAsGroup } from './service-as-group.ts';
import { readServiceClaim, type ServiceSource } from './service-claims.ts';
import { toServiceError } from './service-error.ts';
import { removeServiceTag, setServiceTag } from './service-tags.ts';

export interface EcsServiceOptions extends ServiceSource {
  /** Capacity of one task of a service, whose type is the ARN of its definition. */
  readonly capacityOf: CapacityOf;
}

/**
 * Services of ECS with a scalable target of Application Auto Scaling, identified as
 * "service/CLUSTER/NAME". The floor is the minimum of the scalable target.
 * @throws ScalingError from its methods; fault `missing` also for a service without such a target.
 */
export function createEcsServiceTarget({ capacityOf, ...source }: EcsServiceOptions): FloorTarget {
  const { call } = source;
  const keeper = serviceMinimums(source);
  const stateOf = (id: string, group: Group) =>
    scalingState(id, group, capacityOf).catch((cause: unknown) => {
      throw toServiceError(id, cause);
    });
  return {
    async describe(id) {
      return stateOf(id, (await keeper.read(id)).group);
    },
    stateOf,
    async setDesired(id, instances, recentGroup) {
      if (recentGroup && clampToLimits(recentGroup, instances) === recentGroup.desired) return;
      const group = groupOf(serviceAsGroup(await findService(source, id)));
      const desiredCount = clampToLimits(group, instances);
      if (desiredCount === group.desired) return;
      await call('ecs', 'UpdateService', { ...parseServiceId(id), desiredCount }).catch(
        (cause: unknown) => {
          throw toServiceError(id, cause);
        },
      );
    },
    setFloor: (applicationId, instances, recentGroup) =>
      changeFloor(keeper, { applicationId, instances }, recentGroup),
    restoreMinimum: (id) => giveBackMinimum(keeper, id),
  };
}

/** How minimums of services are read, changed and shown. */
export function serviceMinimums(source: ServiceSource): MinimumKeeper {
  const { call, floors } = source;
  const arns = new Map<string, string>();
  const attempt = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw toServiceError(id, cause);
    }
  };
  return {
    floors,
    async read(id) {
      const readAtSeconds = source.nowSeconds();
      const [claim, service] = await Promise.all([
        readServiceClaim(source, id),
        findService(source, id),
      ]);
      arns.set(id, service.arn);
      const group = groupOf(serviceAsGroup(service), { claim, nowSeconds: readAtSeconds });
      return { group, claim, readAtSeconds };
    },
    setMinimum: (id, minimum) => attempt(id, () => registerMinimum(call, id, minimum)),
    // What is shown was read before.
    show: (id, value) =>
      attempt(id, () => {
        const arn = arns.get(id) ?? '';
        return value === null
          ? removeServiceTag(call, arn, FLOOR_TAG)
          : setServiceTag(call, arn, { key: FLOOR_TAG, value });
      }),
  };
}

async function findService({ call }: ServiceSource, id: string): Promise<DescribedService> {
  const described = await describeServices(call, [id]).catch((cause: unknown) => {
    throw toServiceError(id, cause);
  });
  const service = described.get(id);
  if (!service || service.limits === null) throw new ScalingError(id, 'missing');
  return service;
}
