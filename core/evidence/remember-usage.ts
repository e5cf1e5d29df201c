import { heldBy } from '#core/capacity/limits.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import type { ScalingState } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { warmUpHorizon } from './forecast-need.ts';
import { createUsageMemory, type UsageMemory } from './usage-memory.ts';

const DAY_SECONDS = 86_400;
/** Two weeks of situations, and the week before that tells what was usual then. */
const REMEMBERED_DAYS = 21;

/** Memories of the resources that are counted in instances. */
export type UsageMemories = Readonly<Partial<Record<Resource, UsageMemory>>>;

/**
 * Memories without anything in them.
 * @param capacity most steps that they will be told.
 */
export function emptyMemories(
  target: Pick<ScalingState, 'instanceCapacity'>,
  capacity: number,
  { resources, allocation, stepSeconds }: Settings,
): UsageMemories {
  const units = heldBy(1, target, allocation.targetUtilization);
  const memories: Partial<Record<Resource, UsageMemory>> = {};
  for (const resource of resources) {
    const unit = units[resource];
    if (unit === null || unit <= 0) continue;
    memories[resource] = createUsageMemory({
      unit,
      stepsPerDay: Math.max(1, Math.round(DAY_SECONDS / stepSeconds)),
      warmUpHorizon: warmUpHorizon(allocation.warmUpSeconds, stepSeconds),
      capacity,
    });
  }
  return memories;
}

/** Steps that memories are made of. */
export function rememberedSteps({ stepSeconds }: Pick<Settings, 'stepSeconds'>): number {
  return Math.ceil((REMEMBERED_DAYS * DAY_SECONDS) / stepSeconds);
}

/** Memories of what was measured in the last three weeks of a window that ends now. */
export function rememberUsage(
  { values }: FootprintWindow,
  target: Pick<ScalingState, 'instanceCapacity'>,
  settings: Settings,
): UsageMemories {
  const steps = Math.min(values.cpu.length, rememberedSteps(settings));
  const memories = emptyMemories(target, steps, settings);
  for (const resource of settings.resources) {
    const memory = memories[resource];
    if (!memory) continue;
    const measured = values[resource];
    let first = measured.length - steps;
    while (first < measured.length && Number.isNaN(measured[first])) first++;
    for (let step = first; step < measured.length; step++) memory.push(measured[step]);
  }
  return memories;
}
