import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { learnOffsets, poolWidth } from './learn-offsets.ts';
import { AGES_HOURS, type NewcomerCase, type Parts } from './newcomer-cases.ts';
import { moveByOffsets, type NewcomerOffsets } from './newcomer-offsets.ts';
import type { NewcomerTallies } from './newcomer-rows.ts';
import { addNewcomer, emptyTally, type NewcomerTally } from './newcomer-tally.ts';
import { learnShrinkage, shrunkForecast, type Shrinkage } from './shrinkage.ts';

const { training, allocation } = DEFAULT_SETTINGS;
const { levels } = training;

/** What a fleet's newcomers were forecast, and whose fleet it is. */
export interface FleetCases {
  readonly owner: string;
  readonly cases: readonly NewcomerCase[];
}

/** Rows of the tables by the part of a case that they are of. */
const WAYS: readonly (readonly [string, keyof Parts])[] = [
  ['defaults', 'defaults'],
  ['fleet', 'fleet'],
  ['learned pool alone', 'pool'],
  ['cluster', 'cluster'],
];

/**
 * Sums of every way to forecast newcomers, by trace and age. "Shrunk" is the pool moved by offsets
 * that were learned on the fleets of other owners. Shares of the pool, the cluster's days and the
 * fleet's are learned on the fleets of other owners too, and "in hindsight" on the very newcomers
 * that they are measured on, which says how much they could bring at most.
 */
export function measureNewcomers(fleets: ReadonlyMap<string, FleetCases>): NewcomerTallies {
  const owners = new Map<string, Learned>();
  for (const { owner } of fleets.values()) {
    if (owners.has(owner)) continue;
    const others = [...fleets.values()].filter((other) => other.owner !== owner);
    const cases = others.map((other) => other.cases);
    const [shrinkage, offsets] = [learnShrinkage(cases, levels), learnOffsets(cases, levels)];
    owners.set(owner, { shrinkage, offsets });
  }
  return new Map(
    [...fleets].map(([trace, { owner, cases }]) => {
      const { shrinkage, offsets } = owners.get(owner)!;
      const hindsight = learnShrinkage([cases], levels);
      const ways = new Map(
        WAYS.map(([name, part]) => [name, tallied(cases, (one) => one.parts[part])]),
      );
      const add = (name: string, forecast: Parameters<typeof tallied>[1]): void => {
        ways.set(name, tallied(cases, forecast));
      };
      add('shares', (one) => shrunkForecast(one, shrinkage, levels));
      add('… in hindsight', (one) => shrunkForecast(one, hindsight, levels));
      add('shrunk', (one) => movedPool(one, offsets));
      return [trace, ways];
    }),
  );
}

/** What was learned on the fleets of other owners. */
interface Learned {
  readonly shrinkage: Shrinkage;
  readonly offsets: NewcomerOffsets;
}

function movedPool(
  { parts: { pool }, ahead: aheadSeconds, ageHours }: NewcomerCase,
  offsets: NewcomerOffsets,
): Float64Array | null {
  if (pool === null) return null;
  const newcomer = { ageSeconds: 3600 * ageHours, width: poolWidth(pool, levels) };
  return moveByOffsets({ values: pool, levels, aheadSeconds }, newcomer, offsets);
}

function tallied(
  cases: readonly NewcomerCase[],
  forecast: (one: NewcomerCase) => ArrayLike<number> | null,
): ReadonlyMap<number, NewcomerTally> {
  const byAge = new Map<number, NewcomerTally>();
  for (const age of AGES_HOURS) {
    const tally = emptyTally();
    for (const one of cases) {
      if (one.ageHours !== age) continue;
      const quantiles = forecast(one);
      if (quantiles === null) continue;
      addNewcomer(tally, { quantiles, actual: one.actual }, { levels, costs: allocation });
    }
    if (tally.points > 0) byAge.set(age, tally);
  }
  return byAge;
}
