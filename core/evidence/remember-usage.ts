import { stepStart } from '#core/domain/align-time.ts';
import { warmUpHorizon } from './forecast-need.ts';
import { heldBy } from '#core/capacity/limits.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { HistoryStore, ScalingState, TimeRange } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { createUsageMemory, type UsageMemory } from './usage-memory.ts';

const DAY_SECONDS = 86_400;
/** Two weeks of situations, and the week before that tells what was usual then. */
const REMEMBERED_DAYS = 21;

/**
 * The memories of an application's resources that are counted in instances, still empty.
 * @param capacity most steps that they will be told.
 */
export function emptyMemories(
  target: Pick<ScalingState, 'instanceCapacity'>,
  capacity: number,
  { resources, allocation, stepSeconds }: Settings,
): Partial<Record<Resource, UsageMemory>> {
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

/** The range of history that memories as of `nowSeconds` are made of. */
export function rememberedRange(nowSeconds: number, stepSeconds: number): TimeRange {
  const toSeconds = stepStart(nowSeconds, stepSeconds);
  return { fromSeconds: toSeconds - REMEMBERED_DAYS * DAY_SECONDS, toSeconds };
}

/** The memories of an application as of `nowSeconds`, from the last three weeks of its history. */
export async function rememberUsage(
  history: HistoryStore,
  asked: {
    readonly applicationId: string;
    readonly nowSeconds: number;
    readonly target: Pick<ScalingState, 'instanceCapacity'>;
  },
  settings: Settings,
): Promise<Readonly<Partial<Record<Resource, UsageMemory>>>> {
  const { stepSeconds } = settings;
  const range = rememberedRange(asked.nowSeconds, stepSeconds);
  const steps = (range.toSeconds - range.fromSeconds) / stepSeconds;
  const memories = emptyMemories(asked.target, Math.ceil(steps), settings);
  if (Object.keys(memories).length === 0) return memories;
  const window = await history.read(asked.applicationId, range, stepSeconds);
  for (const resource of settings.resources) {
    const memory = memories[resource];
    if (!memory) continue;
    const values = window.values[resource];
    let first = 0;
    while (first < values.length && Number.isNaN(values[first]!)) first++;
    for (let step = first; step < values.length; step++) memory.push(values[step]!);
  }
  return memories;
}
