import { firstSteps } from '#models/contract/first-steps.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import type { SimilarUse } from './similar-use.ts';
import type { UsageMemory } from './usage-memory.ts';
import { addForecastUse } from './forecast-use.ts';
import { addSampledUse, type WeightedSamples } from './sampled-use.ts';
import { addSortedUse, type SortedSamples } from './sorted-use.ts';
import type { InstanceUnits, PooledUse } from './use-distribution.ts';

/** Expected use of every instance (a share of it) per step of the lead time; entry k − 1 is the k-th instance's. */
export type InstanceShares = readonly PooledUse[];

/**
 * How much each source of evidence counts. Chosen on half of the Bitbrains machines of August 2013: the model knows the
 * next minutes best, likeness knows bursts, the time of day knows jobs.
 */
const MODEL_WEIGHT = 0.3;
const ANALOGUE_WEIGHT = 0.55;
const DAILY_WEIGHT = 0.15;

export interface ShareInput {
  readonly forecast: FootprintForecast;
  /** Memories of resources; those without one rest on the forecast alone. */
  readonly memories: Readonly<Partial<Record<Resource, UsageMemory>>>;
  /** What one instance may hold: capacity × target utilization, null where a resource limits nothing. */
  readonly usableCapacity: Footprint;
  readonly margins: Footprint;
  readonly maxInstances: number;
  readonly warmUpHorizon: number;
}

/**
 * Pools what the model, similar situations and the time of day say into the expected use of each instance, and takes the
 * larger over the resources: an instance is needed if any resource needs it. Null where no resource limits anything.
 */
export function instanceShares(input: ShareInput): InstanceShares | null {
  let shares: InstanceShares | null = null;
  for (const resource of RESOURCES) {
    const known = input.forecast.byResource[resource];
    const capacity = input.usableCapacity[resource];
    if (known === undefined || capacity === null || capacity <= 0) continue;
    const units = { capacity, margin: input.margins[resource] ?? 0 };
    const similar = input.memories[resource]?.recall(input.warmUpHorizon) ?? null;
    const own = resourceShares({ known: known.quantiles, similar }, input, units);
    if (shares === null) shares = own;
    else raiseTo(shares, own);
  }
  return shares;
}

/** One row per step of the lead time. */
function resourceShares(
  { known, similar }: { readonly known: QuantileForecast; readonly similar: SimilarUse | null },
  { warmUpHorizon, maxInstances }: ShareInput,
  units: InstanceUnits,
): readonly PooledUse[] {
  const analogues = similar?.analogues ?? null;
  // A single similar situation says little: its word counts half, that of many in full.
  const likeness = analogues ? ANALOGUE_WEIGHT * (analogues.total / (1 + analogues.total)) : 0;
  const evidence = firstSteps(warmUpHorizon).map((ahead) => {
    const repeated = repeatedUse(similar?.daily[ahead - 1] ?? []);
    return { repeated, total: MODEL_WEIGHT + likeness + (repeated ? DAILY_WEIGHT : 0) };
  });
  const rows = evidence.map(({ total }, ahead) => {
    const pooled = new Float64Array(maxInstances);
    const step = Math.min(ahead, known.horizon - 1);
    addForecastUse(pooled, { forecast: known, step, part: MODEL_WEIGHT / total }, units);
    return pooled;
  });
  if (analogues) {
    const parts = evidence.map(({ total }) => likeness / total);
    addAnalogues(rows, { samples: analogues, parts }, units);
  }
  evidence.forEach(({ repeated, total }, ahead) => {
    const part = DAILY_WEIGHT / total;
    if (repeated) addSampledUse(rows[ahead]!, { samples: repeated, part }, units);
  });
  return rows;
}

function addAnalogues(
  rows: readonly PooledUse[],
  { samples, parts }: { readonly samples: SortedSamples; readonly parts: readonly number[] },
  units: InstanceUnits,
): void {
  if (addSortedUse(rows, { samples, parts }, units)) return;
  rows.forEach((row, ahead) => {
    const later = { ...samples, newest: samples.newest + ahead };
    addSampledUse(row, { samples: later, part: parts[ahead]! }, units);
  });
}

/** The days without the largest: what happened on one day only is no habit. Null with fewer than two days. */
function repeatedUse(daily: readonly number[]): WeightedSamples | null {
  const count = daily.length - 1;
  if (count < 1) return null;
  const weights = daily.map(() => 1);
  return { values: daily, newest: count - 1, weights, count, total: count };
}

function raiseTo(shares: readonly PooledUse[], others: readonly PooledUse[]): void {
  shares.forEach((row, ahead) => {
    const other = others[ahead]!;
    for (let k = 0; k < row.length; k++) row[k] = Math.max(row[k]!, other[k]!);
  });
}
