import type { Footprint } from '#core/domain/footprint.ts';
import { perResource } from '#core/domain/footprint.ts';
import type { DetectorState } from './detector-state.ts';

/** A need that surprised the forecast may grow while new instances start. */
const HEADROOM = 1.1;

/**
 * What the next allocation must at least hold because of the open incident: per resource that lies above what was
 * expected the largest of its last n measurements and some headroom; null otherwise. An incident below never takes
 * capacity away, and what an incident asks for is gone with it.
 */
export function incidentCorrection({ open, involved, resources }: DetectorState): Footprint {
  return perResource((resource) => {
    const recent = resources[resource]?.recent ?? [];
    if (open === null || involved[resource] !== 'above' || recent.length === 0) return null;
    return HEADROOM * Math.max(...recent.map(({ actual }) => actual));
  });
}
