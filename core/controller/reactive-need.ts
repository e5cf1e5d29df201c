import {
  EMPTY_FOOTPRINT,
  RESOURCES,
  perResource,
  type Footprint,
  type Resource,
} from '#core/domain/footprint.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { ControllerState } from './controller-state.ts';
import { headroomFactor } from './headroom-trial.ts';

type Utilization = Settings['allocation']['targetUtilization'];

type RecentUses = Pick<ControllerState, 'recentUses'>;

/** The largest recent use; null per resource where none was measured. */
export function recentPeak({ recentUses }: RecentUses): Footprint {
  return perResource((resource) => {
    let most: number | null = null;
    for (const use of recentUses) {
      const used = use[resource];
      if (used !== null && (most === null || used > most)) most = used;
    }
    return most;
  });
}

/** The largest recent use with the headroom that pays; nothing where no headroom does. */
export function headroomNeed(
  state: RecentUses & Pick<ControllerState, 'headroom'>,
  utilization: Utilization,
): Footprint {
  const { chosen } = state.headroom;
  if (headroomFactor(chosen, 1) === 0) return EMPTY_FOOTPRINT;
  return multiplied(recentPeak(state), (resource) => headroomFactor(chosen, utilization[resource]));
}

/**
 * What lasting shortages demand of the next decision: the largest recent use of each resource that
 * is short, however small the shortage is; null per resource where none lasts. Headroom for growth
 * is left to the headroom trial: headroom for every lasting shortage costs more than it saves.
 */
export function lastingNeed(state: RecentUses & Pick<ControllerState, 'shortages'>): Footprint {
  const { shortages } = state;
  if (!RESOURCES.some((resource) => shortages[resource]?.lasting)) return EMPTY_FOOTPRINT;
  const peak = recentPeak(state);
  return perResource((resource) => (shortages[resource]?.lasting ? peak[resource] : null));
}

function multiplied(use: Footprint, factorOf: (resource: Resource) => number): Footprint {
  return perResource((resource) => {
    const used = use[resource];
    return used === null ? null : used * factorOf(resource);
  });
}
