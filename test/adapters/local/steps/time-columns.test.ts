import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eachTime,
  inTimeOrder,
  preferColumn,
  sumColumns,
  type TimeColumn,
} from '#adapters/local/steps/time-columns.ts';

const rows = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 12 }),
    value: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(NaN)),
  }),
  { maxLength: 20 },
);

type Rows = readonly { readonly time: number; readonly value: number }[];

const columnOf = (some: Rows): TimeColumn =>
  inTimeOrder(
    some.map(({ time }) => time),
    some.map(({ value }) => value),
  );

/** The same as a plain map, in which the last row of a time counts. */
const mapOf = (some: Rows): ReadonlyMap<number, number> =>
  new Map(some.map(({ time, value }) => [time, value]));

const mapOfColumn = ({ times, values }: TimeColumn): ReadonlyMap<number, number> =>
  new Map([...times].map((time, k) => [time, values[k] ?? NaN]));

describe('columns of values in time', () => {
  it('are in the order of time, and of a time that repeats the last row counts', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const column = columnOf(some);
        expect([...column.times]).toEqual([...new Set(column.times)].sort((a, b) => a - b));
        expect(new Map(mapOfColumn(column))).toEqual(new Map(mapOf(some)));
      }),
    );
  });

  it('add up what was measured at a time, which no column had to measure', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), (all) => {
        const sum = mapOfColumn(sumColumns(all.map(columnOf)));
        const maps = all.map(mapOf);
        expect(new Set(sum.keys())).toEqual(new Set(maps.flatMap((map) => [...map.keys()])));
        for (const [time, value] of sum) {
          const measured = maps.map((map) => map.get(time) ?? NaN).filter((v) => !Number.isNaN(v));
          expect(value).toBe(measured.length === 0 ? NaN : measured.reduce((a, b) => a + b));
        }
      }),
    );
  });

  it('take the place of a fallback where they were measured', () => {
    fc.assert(
      fc.property(rows, rows, (some, others) => {
        const both = mapOfColumn(preferColumn(columnOf(some), columnOf(others)));
        const [first, second] = [mapOf(some), mapOf(others)];
        for (const [time, value] of both) {
          const own = first.get(time) ?? NaN;
          expect(value).toBe(Number.isNaN(own) ? (second.get(time) ?? NaN) : own);
        }
      }),
    );
  });

  it('are visited once at every time, NaN where a column has none', () => {
    fc.assert(
      fc.property(rows, rows, (some, others) => {
        const columns = [columnOf(some), columnOf(others)];
        const visited: (readonly number[])[] = [];
        eachTime(columns, (time, values) => visited.push([time, ...values]));
        const [first, second] = [mapOf(some), mapOf(others)];
        const times = [...new Set([...first.keys(), ...second.keys()])].sort((a, b) => a - b);
        expect(visited).toEqual(
          times.map((time) => [time, first.get(time) ?? NaN, second.get(time) ?? NaN]),
        );
      }),
    );
  });
});
