import type { Footprint } from '#core/footprint.ts';
import { perResource } from '#core/footprint.ts';
import type { DetectorState } from './detector-state.ts';

/** A need that surprised the forecast may grow while new instances start. */
const HEADROOM = 1.1;

/**
 * What the next allocation must at least hold because of open incidents: per resource the largest of the last n
 * measurements and some headroom while its usage is above what was expected; null otherwise. An incident below never
 * takes capacity away, and what an incident asks for is gone with it.
 */
export function incidentCorrection(state: DetectorState): Footprint {
  return perResource((resource) => {
    const detector = state[resource];
    if (detector?.open?.direction !== 'above') return null;
    return HEADROOM * Math.max(...detector.recent.map(({ actual }) => actual));
  });
}
