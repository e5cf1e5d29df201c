import type { Footprint } from '#core/domain/footprint.ts';
import { perResource } from '#core/domain/footprint.ts';
import type { DetectorState } from './detector-state.ts';

/** Extra need, because usage above the forecast can go on growing while new instances start. */
const HEADROOM = 1.1;

/**
 * Smallest need that the next allocation must cover because of the open incident. For a resource
 * above its forecast it is the largest of the last n measurements × HEADROOM; for the others it is
 * null. An incident of low usage never removes capacity. The correction ends with the incident.
 */
export function incidentCorrection({ open, involved, resources }: DetectorState): Footprint {
  return perResource((resource) => {
    const recent = resources[resource]?.recent ?? [];
    if (open === null || involved[resource] !== 'above' || recent.length === 0) return null;
    return HEADROOM * Math.max(...recent.map(({ actual }) => actual));
  });
}
