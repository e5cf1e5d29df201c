import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FleetRow } from '#html-report/payload/chart-data.ts';
import { sortRows } from '#html-report/payload/sort-rows.ts';

const row = (name: string, change: number | null): FleetRow => ({
  words: name,
  markup: '',
  tags: [],
  ranks: [0, 0],
  values: [name, null, 'same', null, 0, 0, change, 0, 0, 0, 0, 0, 'leave'],
});
const names = (rows: readonly FleetRow[]) => rows.map(({ values }) => values[0]);

it('sorts by hours saved, unknown ones last in either direction, equal ones by name', () => {
  const rows = [row('a10', 5), row('b', null), row('a9', 5), row('c', -7)];
  expect(names(sortRows(rows, { key: 'hours', descending: false }))).toEqual([
    'c',
    'a9',
    'a10',
    'b',
  ]);
  expect(names(sortRows(rows, { key: 'hours', descending: true }))).toEqual([
    'a9',
    'a10',
    'c',
    'b',
  ]);
});

it('keeps every row, whatever the order', () => {
  const keys = fc.constantFrom('name', 'service', 'hours', 'short', 'advice' as const);
  const values = fc.array(fc.option(fc.integer()), { maxLength: 30 });
  fc.assert(
    fc.property(values, keys, fc.boolean(), (changes, key, descending) => {
      const rows = changes.map((change, k) => row(`app-${k}`, change));
      const sorted = sortRows(rows, { key, descending });
      expect(names(sorted).sort()).toEqual(names(rows).sort());
    }),
  );
});
