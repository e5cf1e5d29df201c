import { RESOURCES, type Footprint, type Resource } from '#core/footprint.ts';
import type { FootprintForecast } from '#core/forecast/footprint-forecast.ts';
import type { RecalledUse } from '#core/recall/recalled-use.ts';
import type { UsageMemory } from '#core/recall/usage-memory.ts';
import { forecastUse } from './forecast-use.ts';
import { sampledUse } from './sampled-use.ts';
import { poolUse, type UseDistribution, type WeightedUse } from './use-distribution.ts';

/** Expected use of every instance (a share of it) per step of the lead time; entry k − 1 is the k-th instance's. */
export type InstanceShares = readonly Float64Array[];

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
  readonly leadSteps: number;
}

/**
 * Pools what the model, similar situations and the time of day say into the expected use of each instance, and takes the
 * larger over the resources: an instance is needed if any resource needs it. Null where no resource limits anything.
 */
export function instanceShares(input: ShareInput): InstanceShares | null {
  let shares: Float64Array[] | null = null;
  for (const resource of RESOURCES) {
    const known = input.forecast.byResource[resource];
    const capacity = input.usableCapacity[resource];
    if (known === undefined || capacity === null || capacity <= 0) continue;
    const units = { capacity, margin: input.margins[resource] ?? 0, count: input.maxInstances };
    const recalled = input.memories[resource]?.recall(input.leadSteps) ?? [];
    const own = Array.from({ length: input.leadSteps }, (_, ahead) => {
      const step = Math.min(ahead, known.quantiles.horizon - 1);
      return poolUse([
        { weight: MODEL_WEIGHT, use: forecastUse(known.quantiles, step) },
        ...recalledEvidence(recalled[ahead]),
      ]).marginalUse(units);
    });
    shares = shares === null ? own : shares.map((row, ahead) => larger(row, own[ahead]!));
  }
  return shares;
}

function recalledEvidence(recalled: RecalledUse | undefined): WeightedUse[] {
  const evidence: WeightedUse[] = [];
  const analogues = recalled?.analogues;
  if (analogues) {
    // A single similar situation says little: its word counts half, that of many in full.
    const weight = ANALOGUE_WEIGHT * (analogues.total / (1 + analogues.total));
    evidence.push({ weight, use: sampledUse(analogues) });
  }
  const repeated = repeatedUse(recalled?.daily ?? []);
  if (repeated) evidence.push({ weight: DAILY_WEIGHT, use: repeated });
  return evidence;
}

/** The days without the largest: what happened on one day only is no habit. Null with fewer than two days. */
function repeatedUse(daily: readonly number[]): UseDistribution | null {
  const values = new Float64Array(daily.slice(1));
  const weights = new Float64Array(values.length).fill(1);
  return values.length === 0 ? null : sampledUse({ values, weights, total: values.length });
}

function larger(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((share, k) => Math.max(share, b[k]!));
}
