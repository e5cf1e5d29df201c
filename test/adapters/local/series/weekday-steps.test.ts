import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import { weekdayGrid } from '#adapters/local/series/weekday-grid.ts';
import { namedZone } from '#adapters/local/times/named-zone.ts';
import { inputFile } from '#test/adapters/local/input-files.ts';

const DAY = 86_400;
const MONDAY = Date.UTC(2026, 0, 5) / 1000;
const dayOf = (k: number) => new Date((MONDAY + k * DAY) * 1000).toISOString().slice(0, 10);
const days = (count: number) => Array.from({ length: count }, (_, k) => k);
const workdays = (count: number) => days(count).filter((k) => k % 7 < 5);

async function read(...lines: readonly string[]) {
  const text = ['unique_id,ds,y', ...lines, ''].join('\n');
  return regularSeries(await readSeries(await inputFile('s.csv', text)));
}
const rows = (id: string, numbers: readonly number[]) =>
  numbers.map((k) => `${id},${dayOf(k)},${k}`);

describe('days of the week that a daily series never has', () => {
  it('are no steps of it', async () => {
    const { series, remarks } = await read(...rows('a', workdays(28)));
    const [{ series: values, dsAt }] = series as [(typeof series)[0]];
    expect([...values.values]).toEqual(workdays(28));
    expect(values.stepSeconds * 5).toBe(7 * DAY);
    expect([20, 21, 22, 23, 24, 25].map(dsAt)).toEqual([28, 29, 30, 31, 32, 35].map(dayOf));
    expect(remarks).toEqual(['in series a: no Saturday or Sunday, so none is forecast']);
  });

  it('are said once for all series, of which the first ones are named', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const sixDays = days(35).filter((k) => k % 7 !== 6);
    const { remarks } = await read(
      ...ids.flatMap((id) => rows(id, workdays(28))),
      ...rows('shop', sixDays),
      ...rows('site', days(35)),
    );
    expect(remarks).toEqual([
      'in series a, b, c and 2 more: no Saturday or Sunday, so none is forecast',
      'in series shop: no Sunday, so none is forecast',
    ]);
  });

  it('leave gaps for holidays', async () => {
    const { series } = await read(
      ...rows(
        'a',
        workdays(28).filter((k) => k !== 8 && k !== 9),
      ),
    );
    expect([...series[0]!.series.values.subarray(5, 10)]).toEqual([7, NaN, NaN, 10, 11]);
  });

  it.each([
    ['of less than three weeks', workdays(18)],
    ['of which other days are missing, too', workdays(60).filter((k) => k % 3 !== 0)],
    ['of one weekend in a month', days(28).filter((k) => k < 21 || k % 7 < 5)],
  ])('stay gaps in a series %s', async (_, numbers) => {
    const { series, remarks } = await read(...rows('a', numbers));
    expect(series[0]!.series.stepSeconds).toBe(DAY);
    expect(remarks).toEqual([]);
  });

  it('are steps where the user gives the step', async () => {
    const source = await readSeries(
      await inputFile('s.csv', ['unique_id,ds,y', ...rows('a', workdays(28)), ''].join('\n')),
    );
    expect(regularSeries(source, DAY).series[0]!.series.values).toHaveLength(26);
  });

  it('are skipped in every zone, whatever else is missing', () => {
    const zones = [0, -5 * 3600, 5.5 * 3600, 'Europe/Berlin', 'America/New_York'];
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 2, maxLength: 6 }),
        fc.record({
          first: fc.integer({ min: 0, max: 20_000 }),
          weeks: fc.integer({ min: 5, max: 60 }),
          seconds: fc.integer({ min: 4 * 3600, max: 22 * 3600 }),
          zone: fc.constantFrom(...zones),
          missing: fc.integer({ min: 6, max: 50 }),
        }),
        (open, { first, weeks, seconds, zone: name, missing }) => {
          const zone = typeof name === 'number' ? name : namedZone(name)!;
          const instant = (day: number) => {
            const local = MONDAY + day * DAY + seconds;
            return typeof zone === 'number' ? local - zone : zone.instantOf(local);
          };
          const all = days(weeks * 7)
            .map((k) => first + k)
            .filter((day) => open.includes(day % 7));
          const there = all.filter((_, k) => k % missing !== 3);
          fc.pre(open.every((weekday) => there.some((day) => day % 7 === weekday)));
          const times = Float64Array.from(there, instant);
          const grid = weekdayGrid(times, [...times], zone);
          expect(grid).not.toBeNull();
          const numbers = there.map((day) => all.indexOf(day) - all.indexOf(there[0]!));
          expect([...grid!.places]).toEqual(numbers);
          expect(all.map((_, k) => grid!.dsAt(k))).toEqual(all.map(instant));
        },
      ),
    );
  });

  it('are none where every day comes once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 190 }),
        (some, week) => {
          const all = [...new Set([...some, ...days(7).map((k) => week + k)])];
          const times = Float64Array.from(
            all.sort((a, b) => a - b),
            (day) => MONDAY + day * DAY,
          );
          expect(weekdayGrid(times, [...times], 0)).toBeNull();
        },
      ),
    );
  });
});
