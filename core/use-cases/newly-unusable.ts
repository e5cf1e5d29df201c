import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Resource } from '#core/domain/footprint.ts';

const DAY_SECONDS = 86_400;

/**
 * Resources whose own model was found unusable by a decision since the last observed step, and not
 * by the decision before it. A decision of a later day counts anew, because a request for a
 * training may be lost.
 * @param log newest first; `isWhole` where it holds the first decision.
 */
export function newlyUnusable(
  log: readonly AllocationDecision[],
  { lastStepSeconds, isWhole }: { lastStepSeconds: number | null; isWhole: boolean },
): readonly Resource[] {
  const found = new Set<Resource>();
  log.forEach((decision, at) => {
    if (decision.decidedAtSeconds <= (lastStepSeconds ?? -Infinity)) return;
    const before = log[at + 1];
    if (before === undefined && !isWhole) return;
    const isSameDay =
      before !== undefined && dayOf(before.decidedAtSeconds) === dayOf(decision.decidedAtSeconds);
    const known = isSameDay ? unusableOf(before) : [];
    for (const resource of unusableOf(decision)) {
      if (!known.includes(resource)) found.add(resource);
    }
  });
  return [...found];
}

const dayOf = (seconds: number): number => Math.floor(seconds / DAY_SECONDS);

function unusableOf({ reason: { modelFaults = [] } }: AllocationDecision): readonly Resource[] {
  return modelFaults.flatMap(({ resource, of }) => (of === 'application' ? [resource] : []));
}
