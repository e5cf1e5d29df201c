import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnLines } from '#cli/output/columns.ts';

const COLUMNS = [
  { head: 'name' },
  { head: 'count', isRight: true },
  { head: 'more', leaveOut: 1 },
  { head: 'most', leaveOut: 2 },
];

it('leaves out the columns that matter least, then shortens the first', () => {
  const rows = [['a-name-of-some-length', '12', 'something', 'something else']];
  const heads = (width: number) => columnLines(COLUMNS, rows, width)[0]!.split(/ +/);
  expect(heads(100)).toEqual(['name', 'count', 'more', 'most']);
  expect(heads(45)).toEqual(['name', 'count', 'more']);
  expect(heads(30)).toEqual(['name', 'count']);
  expect(columnLines(COLUMNS, rows, 20)[1]).toBe('a-name-of-so…     12');
});

it('fits every width that names and kept columns leave room for', () => {
  const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
  const row = fc.tuple(
    fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
    fc.nat(99_999),
    cell,
    cell,
  );
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 5 }),
      fc.integer({ min: 30, max: 140 }),
      (rows, width) => {
        const texts = rows.map((cells) => cells.map(String));
        for (const line of columnLines(COLUMNS, texts, width)) {
          expect(line.length).toBeLessThanOrEqual(width);
        }
      },
    ),
  );
});
