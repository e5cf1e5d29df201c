import { limitChange } from '#core/capacity/limit-change.ts';
import { instancesFor } from '#core/capacity/limits.ts';
import type { InstanceReason } from '#core/domain/allocation.ts';
import type { Footprint } from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import { criticalQuantile } from '#core/evidence/forecast-need.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import type { PooledUse } from '#core/evidence/instance-use.ts';
import type { EventsInForce } from '#core/expectation/events-in-force.ts';
import { chooseInstances } from './choose-instances.ts';
import { askedByEach } from './service/behaviours.ts';
import type { ServedBy } from './service/served-by.ts';

export interface CountInput {
  readonly target: Pick<
    ScalingState,
    'limits' | 'instanceCapacity' | 'desiredInstances' | 'availableInstances'
  >;
  /** Null where no forecast or no instance size is known. */
  readonly shares: InstanceShares | null;
  /** What recurring peaks alone let expect; null where none is expected. */
  readonly peakShares: InstanceShares | null;
  readonly quantile: number;
  /** What has to be held where there are no shares. */
  readonly need: Footprint;
  readonly correction: Footprint;
  /** The same in the last step by each of the tried mixes; empty where all evidence is pooled. */
  readonly triedShares: readonly PooledUse[];
  /** What the application's own record chose; absent where all evidence is pooled. */
  readonly service?: ServedBy | undefined;
  /** What is expected beforehand of the steps that are looked ahead to. */
  readonly events: Pick<EventsInForce, 'atLeast' | 'changeUse'>;
}

export interface InstanceCount {
  readonly instances: number;
  readonly reason: InstanceReason;
}

/**
 * How many instances: those that pay by the forecast, or that serve as well as tracking; at least
 * what monitoring demands; no larger a change than allowed.
 */
export function countInstances(input: CountInput, settings: AllocationSettings): InstanceCount {
  const { target, shares, peakShares, quantile } = input;
  const { targetUtilization: utilization } = settings;
  const current = target.desiredInstances;
  const needed = (footprint: Footprint) => instancesFor(footprint, target, utilization);
  const choice = shares
    ? chooseInstances(shares, { quantile, current })
    : { asked: needed(input.need), kept: needed(input.need) };
  const floor = needed(input.correction);
  // What has served of late was chosen for the other hours, so what a peak is worth decides.
  const worth = { quantile: criticalQuantile(settings), current };
  const inPeaks = peakShares ? chooseInstances(peakShares, worth).kept : 0;
  const { service, triedShares } = input;
  const tried = service && shares ? { service, asked: askedByEach(triedShares) } : null;
  const served = tried && tried.service.instances(tried.asked);
  // What has served of late says nothing of an event.
  const inEvent = input.events.changeUse ? choice.kept : 0;
  const foreseen = served === null ? choice.kept : Math.max(served, inPeaks, inEvent);
  const wanted = Math.max(foreseen, floor, input.events.atLeast);
  const instances = limitChange(wanted, {
    limits: target.limits,
    available: target.availableInstances ?? target.limits.maxInstances,
    current,
    mode: settings.mode,
    maxIncrease: settings.maxIncrease,
    maxDecrease: settings.maxDecrease,
  });
  const last = shares?.at(-1);
  const { availableInstances: available = Infinity } = target;
  const reason = {
    current,
    asked: choice.asked,
    kept: choice.kept,
    floor,
    ...(inPeaks > 0 && { inPeaks }),
    ...(input.events.atLeast > 0 && { atLeast: input.events.atLeast }),
    ...(tried && { service: { tried: tried.asked, isBeside: tried.service.isBeside } }),
    ...(tried && served !== null && { decidedBy: tried.service.decidedBy }),
    leastShare: 1 - quantile,
    lastShare: last?.[instances - 1] ?? null,
    nextShare: last?.[instances] ?? null,
  };
  const isScarce = available < target.limits.maxInstances;
  return { instances, reason: isScarce ? { ...reason, available } : reason };
}
