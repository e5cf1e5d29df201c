import { pinballLoss } from '#models/numeric/pinball-loss.ts';
import { AGES_HOURS, type NewcomerCase, type Parts } from './newcomer-cases.ts';

/** What a newcomer's forecast is averaged of, quantile by quantile. */
const SOURCES = ['pool', 'clusterDays', 'fleetDays'] as const satisfies readonly (keyof Parts)[];

type Shares = readonly number[];

/** Shares of the sources by age in hours and by how far ahead. */
export type Shrinkage = ReadonlyMap<number, readonly Shares[]>;

/** Ends of the bands of the time ahead, in seconds. */
const BAND_ENDS = [3600, 4 * 3600, 12 * 3600, Infinity];
/** Shares are fifths. */
const PARTS = 5;
/** Of the steps of a forecast, every so many-th is learned from. */
const LEARNED_EVERY = 4;

const bandOf = (ahead: number): number => BAND_ENDS.findIndex((end) => ahead <= end);

const CHOICES: readonly Shares[] = Array.from({ length: PARTS + 1 }, (_, own) =>
  Array.from({ length: PARTS + 1 - own }, (__, cluster) =>
    [own, cluster, PARTS - own - cluster].map((fifths) => fifths / PARTS),
  ),
).flat();

/**
 * How much of a newcomer's forecast is its own evidence, its cluster's and its fleet's, by how long
 * it was measured and how far ahead: the shares of least loss on other fleets, each of which counts
 * the same.
 */
export function learnShrinkage(
  fleets: readonly (readonly NewcomerCase[])[],
  levels: readonly number[],
): Shrinkage {
  const shares = AGES_HOURS.map((age): [number, Shares[]] => {
    const losses = BAND_ENDS.map(() => new Float64Array(CHOICES.length));
    for (const cases of fleets) {
      const of = cases.filter(({ ageHours, parts }) => ageHours === age && parts.pool !== null);
      const size = of.reduce((sum, { actual }) => sum + sizeOf(actual), 0);
      for (const one of of) addLosses(losses, one, { levels, size });
    }
    return [age, losses.map((byChoice) => CHOICES[indexOfLeast(byChoice)]!)];
  });
  return new Map(shares);
}

/** Row-major [steps × levels]; null without any of the sources. */
export function shrunkForecast(
  { parts, ageHours, ahead }: NewcomerCase,
  shrinkage: Shrinkage,
  levels: readonly number[],
): Float64Array | null {
  const there = SOURCES.map((source) => parts[source]);
  if (there.every((part) => part === null)) return null;
  const columns = levels.length;
  const out = new Float64Array(ahead.length * columns);
  ahead.forEach((seconds, step) => {
    const shares = shrinkage.get(ageHours)![bandOf(seconds)]!;
    blend(out.subarray(step * columns, (step + 1) * columns), { there, shares, step });
  });
  return out;
}

/** Where the shares of all that is there are 0, each of it counts the same. */
function blend(
  row: Float64Array,
  {
    there,
    shares,
    step,
  }: {
    readonly there: readonly (Float32Array | null)[];
    readonly shares: Shares;
    readonly step: number;
  },
): void {
  const known = there.filter((part) => part !== null).length;
  const sum = there.reduce((total, part, k) => total + (part === null ? 0 : shares[k]!), 0);
  row.fill(0);
  there.forEach((part, k) => {
    if (part === null) return;
    const share = sum > 0 ? shares[k]! / sum : 1 / known;
    for (let level = 0; level < row.length; level++) {
      row[level]! += share * part[step * row.length + level]!;
    }
  });
}

function addLosses(
  losses: readonly Float64Array[],
  { parts, actual, ahead }: NewcomerCase,
  { levels, size }: { readonly levels: readonly number[]; readonly size: number },
): void {
  const there = SOURCES.map((source) => parts[source]);
  const row = new Float64Array(levels.length);
  actual.forEach((y, step) => {
    if (Number.isNaN(y) || step % LEARNED_EVERY > 0) return;
    const byChoice = losses[bandOf(ahead[step]!)]!;
    CHOICES.forEach((shares, choice) => {
      blend(row, { there, shares, step });
      byChoice[choice]! += pinballLoss(y, row, levels) / size;
    });
  });
}

const sizeOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  values.forEach((value, k) => {
    if (value < values[least]!) least = k;
  });
  return least;
}
