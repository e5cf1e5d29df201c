import { RESOURCES, type Footprint, type Resource } from '#core/domain/footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { EvidenceMix } from './evidence-mix.ts';
import { addForecastUse } from './forecast-use.ts';
import type { InstanceUnits, PooledUse } from './instance-use.ts';
import type { ExpectedPeak, ExpectedPeaks } from './recurring/expected-peaks.ts';
import { addSampledUse, type WeightedSamples } from './sampled-use.ts';
import type { SimilarUse } from './similar-use.ts';
import { addSortedUse, type SortedSamples } from './sorted-use.ts';
import type { UsageMemory } from './usage-memory.ts';

/**
 * Expected use of every instance, as a share of the instance, per step of the warm-up horizon.
 * Entry k − 1 of a step is that of the k-th instance.
 */
export type InstanceShares = readonly PooledUse[];

export interface ShareInput {
  readonly forecast: FootprintForecast;
  /** Memories by resource. A resource without one uses the forecast alone. */
  readonly memories: Readonly<Partial<Record<Resource, UsageMemory>>>;
  /**
   * Usable capacity of one instance: capacity × target utilization; null for a resource without a
   * limit.
   */
  readonly usableCapacity: Footprint;
  readonly margins: Footprint;
  readonly maxInstances: number;
  readonly warmUpHorizon: number;
  /** Peaks that recur; none where absent. */
  readonly peaks?: ExpectedPeaks;
}

/** Expected use of each instance by several mixes of evidence. */
export interface MixedShares {
  /** In every step, by the mix that decides. */
  readonly shares: InstanceShares;
  /** In the last step, by each mix that is tried. */
  readonly tried: readonly PooledUse[];
}

/**
 * Expected use of each instance for mixes of the model's forecast, similar situations and the time
 * of day. Where a peak is expected to come again it is that of the peak, by its chance, and else the
 * mixed one. The result is the largest over the resources, because an instance is needed if any
 * resource needs it. Null if no resource has a limit.
 */
export function instanceShares(
  input: ShareInput,
  { pooled, tried }: { readonly pooled: EvidenceMix; readonly tried: readonly EvidenceMix[] },
): MixedShares | null {
  let found: MixedShares | null = null;
  for (const resource of RESOURCES) {
    const forecast = input.forecast.byResource[resource];
    const capacity = input.usableCapacity[resource];
    if (forecast === undefined || capacity === null || capacity <= 0) continue;
    const units = { capacity, margin: input.margins[resource] ?? 0 };
    const similar = input.memories[resource]?.similarUse(input.warmUpHorizon) ?? null;
    const scaled = scaledUnits(input, resource, units);
    const source = { forecast: forecast.quantiles, similar, units };
    const evidence = resourceEvidence(source, input, scaled);
    const steps = firstSteps(input.warmUpHorizon);
    const last = steps.length - 1;
    const shares = steps.map((_, ahead) => mixedRow(evidence, pooled, ahead));
    const lasts = tried.map((mix) => mixedRow(evidence, mix, last));
    const peaks = input.peaks?.[resource] ?? [];
    shares.forEach((row, ahead) => raiseByPeak(row, peaks[ahead], scaled[ahead]));
    for (const row of lasts) raiseByPeak(row, peaks[last], scaled[last]);
    if (found === null) found = { shares, tried: lasts };
    else {
      raiseTo(found.shares, shares);
      raiseTo(found.tried, lasts);
    }
  }
  return found;
}

/**
 * What recurring peaks alone let expect of every instance; null where none is expected. It stands
 * while the forecast is not trusted.
 */
export function peakShares(input: ShareInput): InstanceShares | null {
  const { peaks = {}, usableCapacity, margins, maxInstances } = input;
  let shares: InstanceShares | null = null;
  for (const resource of RESOURCES) {
    const capacity = usableCapacity[resource];
    if (!peaks[resource] || capacity === null || capacity <= 0) continue;
    const units = { capacity, margin: margins[resource] ?? 0 };
    const own = scaledUnits(input, resource, units).map((scaled, ahead) => {
      const row = new Float64Array(maxInstances);
      raiseByPeak(row, peaks[resource]?.[ahead], scaled);
      return row;
    });
    if (shares === null) shares = own;
    else raiseTo(shares, own);
  }
  return shares;
}

/** A row never falls: a peak adds to what is there anyway. */
function raiseByPeak(
  row: PooledUse,
  peak: ExpectedPeak | null | undefined,
  units: InstanceUnits,
): void {
  if (!peak) return;
  const inPeak = new Float64Array(row.length);
  addSampledUse(inPeak, { samples: equalSamples(peak.uses), part: 1 }, units);
  for (let k = 0; k < row.length; k++) row[k] += peak.chance * Math.max(0, inPeak[k] - row[k]);
}

/**
 * Units of each step ahead in which past use fills as many instances as it will with the factor of
 * an expected event; the units themselves where nothing is expected.
 */
function scaledUnits(
  { forecast, warmUpHorizon }: ShareInput,
  resource: Resource,
  units: InstanceUnits,
): readonly InstanceUnits[] {
  const factors = forecast.factors?.[resource];
  return firstSteps(warmUpHorizon).map((_, ahead) => {
    const factor = factors?.[Math.min(ahead, factors.length - 1)] ?? 1;
    if (factor === 1) return units;
    return { capacity: units.capacity / factor, margin: units.margin / factor };
  });
}

/** What each source alone lets expect of a resource: one row per step of the warm-up horizon. */
interface ResourceEvidence {
  readonly model: readonly PooledUse[];
  /** Null where no situation is similar. */
  readonly situations: readonly PooledUse[] | null;
  /** How much similar situations say, from 0 to 1: half for one, nearly all for many. */
  readonly likeness: number;
  /** Null in a step of which too few days are known. */
  readonly daily: readonly (PooledUse | null)[];
}

function resourceEvidence(
  {
    forecast,
    similar,
    units,
  }: {
    readonly forecast: QuantileForecast;
    readonly similar: SimilarUse | null;
    /** Of the forecast, which has the factors of events already. */
    readonly units: InstanceUnits;
  },
  { warmUpHorizon, maxInstances }: ShareInput,
  scaled: readonly InstanceUnits[],
): ResourceEvidence {
  const steps = firstSteps(warmUpHorizon);
  const situations = similar?.situations ?? null;
  const model = steps.map((_, ahead) => {
    const row = new Float64Array(maxInstances);
    const step = Math.min(ahead, forecast.horizon - 1);
    addForecastUse(row, { forecast, step, part: 1 }, units);
    return row;
  });
  const daily = steps.map((_, ahead) => {
    const repeated = repeatedUse(similar?.daily[ahead] ?? []);
    if (repeated === null) return null;
    const row = new Float64Array(maxInstances);
    addSampledUse(row, { samples: repeated, part: 1 }, scaled[ahead]);
    return row;
  });
  return {
    model,
    situations: situations && situationRows(situations, maxInstances, scaled),
    likeness: situations ? situations.total / (1 + situations.total) : 0,
    daily,
  };
}

/** The sources by their weights; the model alone where no source with a weight says anything. */
function mixedRow(
  { model, situations, likeness, daily }: ResourceEvidence,
  mix: EvidenceMix,
  ahead: number,
): PooledUse {
  const own = model[ahead];
  const similar = situations?.[ahead];
  const repeated = daily[ahead];
  const likely = similar ? mix.situations * likeness : 0;
  const habitual = repeated ? mix.daily : 0;
  const total = mix.model + likely + habitual;
  if (!(total > 0)) return own.slice();
  const row = new Float64Array(own.length);
  if (mix.model > 0) addTimes(row, own, mix.model / total);
  if (similar && likely > 0) addTimes(row, similar, likely / total);
  if (repeated && habitual > 0) addTimes(row, repeated, habitual / total);
  return row;
}

function addTimes(row: PooledUse, other: PooledUse, part: number): void {
  for (let k = 0; k < row.length; k++) row[k] += part * other[k];
}

function situationRows(
  samples: SortedSamples,
  maxInstances: number,
  scaled: readonly InstanceUnits[],
): readonly PooledUse[] {
  const rows = scaled.map(() => new Float64Array(maxInstances));
  const parts = rows.map(() => 1);
  const isEven = scaled.every((units) => units === scaled[0]);
  if (isEven && addSortedUse(rows, { samples, parts }, scaled[0])) return rows;
  rows.forEach((row, ahead) => {
    const later = { ...samples, newest: samples.newest + ahead };
    addSampledUse(row, { samples: later, part: 1 }, scaled[ahead]);
  });
  return rows;
}

/**
 * Uses of the days without the largest, because a use of one day only is not a habit. Null with
 * fewer than two days.
 */
function repeatedUse(daily: readonly number[]): WeightedSamples | null {
  return daily.length < 2 ? null : equalSamples(daily.slice(0, -1));
}

function equalSamples(values: readonly number[]): WeightedSamples {
  const count = values.length;
  return { values, newest: count - 1, weights: values.map(() => 1), count, total: count };
}

function raiseTo(shares: readonly PooledUse[], others: readonly PooledUse[]): void {
  shares.forEach((row, ahead) => {
    const other = others[ahead];
    for (let k = 0; k < row.length; k++) row[k] = Math.max(row[k], other[k]);
  });
}
