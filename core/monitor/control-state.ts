import { instancesFor } from '#core/allocate/limits.ts';
import type { AllocationDecision } from '#core/allocation.ts';
import { RESOURCES, perResource, type Footprint } from '#core/footprint.ts';
import type { Settings } from '#core/settings.ts';
import { REACTIVE_TARGET } from './check-utilization.ts';
import { judgeForecast, NEW_TRUST, type ForecastTrust } from './forecast-trust.ts';

/** What the next decision has to know of the last steps; plain JSON. */
export interface ControlState {
  readonly trust: ForecastTrust;
  /** The last measured uses, newest last. */
  readonly recent: readonly Footprint[];
}

export const NEW_CONTROL: ControlState = { trust: NEW_TRUST, recent: [] };

/** Reactive behaviour holds the largest need of so many steps, as target tracking's scale-in does. */
const RECENT_STEPS = 3;

/** What reactive behaviour demands now: the largest recent use with target tracking's headroom. */
export function reactiveNeed({ recent }: ControlState): Footprint {
  return perResource((resource) => {
    const known = recent.flatMap((use) => use[resource] ?? []);
    return known.length === 0 ? null : Math.max(...known) / REACTIVE_TARGET;
  });
}

/** What has to be allocated in the forecast's place while the circuit breaker is open; null while it is trusted. */
export function fallbackNeed(control: ControlState): Footprint | null {
  return control.trust.broken ? reactiveNeed(control) : null;
}

/** The parts of a decision that are judged. */
export interface JudgedDecision {
  readonly reason: Omit<AllocationDecision['reason'], 'summary'>;
}

/** Learns from one measured step and the decision that was in force in it. */
export function advanceControl(
  control: ControlState,
  { actual, decision }: { readonly actual: Footprint; readonly decision: JudgedDecision | null },
  { allocation, stepSeconds }: Settings,
): ControlState {
  const recent = [...control.recent, actual].slice(-RECENT_STEPS);
  const counted = decision?.reason.instances;
  if (!decision || !counted || decision.reason.source === 'default') return { ...control, recent };
  const { targetUtilization, shortageCost, idleCost } = allocation;
  const { limits } = decision.reason;
  const reactive = instancesFor(reactiveNeed(control), decision.reason, targetUtilization);
  const used = usedInstances(actual, decision, targetUtilization);
  if (used === null) return { ...control, recent };
  const trust = judgeForecast(control.trust, {
    forecast: Math.max(limits.minInstances, Math.min(limits.maxInstances, counted.kept)),
    reactive,
    used: Math.min(used, limits.maxInstances),
    shortageCost,
    idleCost,
    stepSeconds,
  });
  return { trust, recent };
}

/** The largest use over the resources in instances, not rounded; null where none was measured. */
function usedInstances(
  actual: Footprint,
  { reason }: JudgedDecision,
  utilization: Settings['allocation']['targetUtilization'],
): number | null {
  const shares = RESOURCES.flatMap((resource) => {
    const [used, capacity] = [actual[resource], reason.instanceCapacity[resource]];
    return used === null || capacity === null ? [] : used / (capacity * utilization[resource]);
  });
  return shares.length === 0 ? null : Math.max(...shares);
}
