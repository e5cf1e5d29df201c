import type { Cell } from '#scripts/marked-table.ts';
import { AGES_HOURS } from './newcomer-cases.ts';
import type { NewcomerTally } from './newcomer-tally.ts';

/** Sums by trace, way and age in hours. */
export type NewcomerTallies = ReadonlyMap<
  string,
  ReadonlyMap<string, ReadonlyMap<number, NewcomerTally>>
>;

type Row = Readonly<Record<string, Cell>>;

/** Tables of loss, cost and coverage: a row per trace and way, a column per age. */
export function newcomerTables(
  tallies: NewcomerTallies,
): Readonly<Record<'loss' | 'cost' | 'coverage', readonly Row[]>> {
  return {
    loss: rowsOf(tallies, ({ loss, absolute }) => (loss / absolute).toFixed(3)),
    cost: rowsOf(tallies, ({ cost, absolute }) => (cost / absolute).toFixed(2)),
    coverage: rowsOf(
      tallies,
      ({ inside80, points }) => `${((100 * inside80) / points).toFixed(0)} %`,
    ),
  };
}

function rowsOf(tallies: NewcomerTallies, cell: (tally: NewcomerTally) => string): readonly Row[] {
  return [...tallies].flatMap(([trace, ways]) =>
    [...ways].map(([way, byAge]) => {
      const cells = AGES_HOURS.map((age): [string, Cell] => {
        const tally = byAge.get(age);
        return [`${age} h`, tally ? cell(tally) : '–'];
      });
      return { trace, forecast: way, ...Object.fromEntries(cells) };
    }),
  );
}
