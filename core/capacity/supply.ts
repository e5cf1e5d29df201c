import type { ScalingState } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { availableInstances, type CapacityRefusal } from './available-instances.ts';
import { learnWarmUp } from './learn-warm-up.ts';

/** What is known of how an application gets new instances; a part of the controller's state. */
export interface Supply {
  /** Times from asking to service of its last starts. */
  readonly startsSeconds: readonly number[];
  /** Launches that the provider refused since the last that succeeded. */
  readonly refusals: readonly CapacityRefusal[];
  /**
   * Virtual CPUs that the account's quota leaves; null where nothing is known or no quota applies.
   */
  readonly freeCpus: number | null;
  /** When starts and refusals were last asked for, Unix seconds. */
  readonly askedAtSeconds: number;
}

/**
 * A start that took longer was a fault: no decision can look further ahead than its forecast is
 * worth.
 */
const LONGEST_WARM_UP_SECONDS = 3600;

/**
 * The settings with the application's own start-up time instead of the configured one, see
 * `learnWarmUp`.
 */
export function withLearnedWarmUp(settings: Settings, supply: Supply | null): Settings {
  const { warmUpSeconds: configured } = settings.allocation;
  const learned = learnWarmUp(supply?.startsSeconds ?? [], configured);
  const warmUpSeconds = Math.min(learned, Math.max(LONGEST_WARM_UP_SECONDS, configured));
  if (warmUpSeconds === configured) return settings;
  return { ...settings, allocation: { ...settings.allocation, warmUpSeconds } };
}

/** A target with what its supply leaves it; the target itself where nothing is known. */
export function withSupply(
  target: ScalingState,
  supply: Supply | null,
  nowSeconds: number,
): ScalingState {
  if (!supply) return target;
  const { cpu } = target.instanceCapacity;
  // Not the desired ones: instances that are asked for and refused are not there.
  const current = target.inServiceInstances + target.pendingInstances;
  const free = supply.freeCpus;
  const available = availableInstances({
    maxInstances: target.limits.maxInstances,
    current,
    quotaInstances:
      free === null || cpu === null || cpu <= 0 ? null : current + Math.floor(free / cpu),
    refusals: supply.refusals,
    nowSeconds,
  });
  const known = target.availableInstances ?? target.limits.maxInstances;
  return { ...target, availableInstances: Math.min(known, available) };
}
