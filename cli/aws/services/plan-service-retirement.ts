import { giveBackMinimum } from '#adapters/aws/auto-scaling/change-floor.ts';
import { groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import { describeServices, type DescribedService } from '#adapters/aws/ecs/describe-services.ts';
import { serviceMinimums } from '#adapters/aws/ecs/ecs-service-target.ts';
import { serviceAsGroup } from '#adapters/aws/ecs/service-as-group.ts';
import { readServiceClaim, type ServiceSource } from '#adapters/aws/ecs/service-claims.ts';
import { removeServiceTag } from '#adapters/aws/ecs/service-tags.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { MODE_TAG, TAG_PREFIX } from '#cdk/configuration/group-tags.ts';
import type { Change, GroupPlan } from '../enrolment/change.ts';
import { storeChanges, type Retirement } from '../enrolment/plan-retirement.ts';

/**
 * Plans the changes that retire services, in this order: the mode tag, from when on no function may
 * change the service, then the owner's minimum and the other tags. A service that does not exist
 * needs no change.
 */
export async function planServiceRetirement(
  call: JsonCall,
  ids: readonly string[],
  { floors, forget, nowSeconds }: Retirement,
): Promise<readonly GroupPlan[]> {
  const services = await describeServices(call, ids);
  const sources = floors.map((store) => ({ call, floors: store, nowSeconds }));
  return Promise.all(
    ids.map(async (group) => {
      const service = services.get(group);
      const own = service === undefined ? [] : await serviceChanges(sources, call, service);
      return {
        group,
        changes: [...own, ...storeChanges(group, forget)],
        remarks: [
          ...(service === undefined ? ['there is no such ECS service in this region'] : []),
          ...(forget?.retentionNotice ? [forget.retentionNotice] : []),
        ],
      };
    }),
  );
}

async function serviceChanges(
  sources: readonly ServiceSource[],
  call: JsonCall,
  service: DescribedService,
): Promise<readonly Change[]> {
  const restored = await restorations(sources, service);
  const tags = [...service.tags]
    // What shows the minimum goes with the minimum.
    .filter(([key]) => key.startsWith(TAG_PREFIX) && (key !== FLOOR_TAG || restored.length === 0))
    .map(([key, value]) => ({
      isMode: key === MODE_TAG,
      text: `remove tag ${key}=${value}`,
      apply: () => removeServiceTag(call, service.arn, key),
    }));
  return [
    ...tags.filter(({ isMode }) => isMode),
    ...restored,
    ...tags.filter(({ isMode }) => !isMode),
  ];
}

/** Only what a deployment remembers says what a minimum was before. */
async function restorations(
  sources: readonly ServiceSource[],
  service: DescribedService,
): Promise<readonly Change[]> {
  const { id, limits } = service;
  if (limits === null) return [];
  const found = await Promise.all(
    sources.map(async (source) => {
      const known = { claim: await readServiceClaim(source, id), nowSeconds: source.nowSeconds() };
      const { hasFloor, ownMinimum } = groupOf(serviceAsGroup(service), known);
      if (!hasFloor) return [];
      return [
        {
          text: `restore the minimum: ${limits.min} → ${ownMinimum}`,
          apply: async () => void (await giveBackMinimum(serviceMinimums(source), id)),
        },
      ];
    }),
  );
  return found.flat();
}
