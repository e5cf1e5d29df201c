import { heldBy } from '#core/capacity/limits.ts';
import { RESOURCES, type FootprintWindow, type Resource } from '#core/domain/footprint.ts';
import { localSeries, localSlack } from '#core/domain/local-series.ts';
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
  window: FootprintWindow,
  target: Pick<ScalingState, 'instanceCapacity'>,
  { settings, timeZone }: { readonly settings: Settings; readonly timeZone: string },
): UsageMemories {
  const steps = Math.min(window.values.cpu.length, rememberedSteps(settings));
  const capacity = steps + localSlack(timeZone, settings.stepSeconds);
  const memories = emptyMemories(target, capacity, settings);
  fillMemories(memories, window, { timeZone, most: steps });
  return memories;
}

/**
 * Adds the last `most` steps of a window to empty memories, in local time: a day before is the same
 * time of day, see `localSeries`. Memories begin with a measurement.
 */
export function fillMemories(
  memories: UsageMemories,
  { values, startSeconds, stepSeconds }: FootprintWindow,
  { timeZone, most = Infinity }: { readonly timeZone: string; readonly most?: number },
): void {
  for (const resource of RESOURCES) {
    const memory = memories[resource];
    if (!memory) continue;
    const grid = { startSeconds, stepSeconds };
    const measured = localSeries(values[resource], grid, timeZone).values;
    let first = Math.max(0, measured.length - most);
    while (first < measured.length && Number.isNaN(measured[first])) first++;
    for (let step = first; step < measured.length; step++) memory.push(measured[step]);
  }
}
