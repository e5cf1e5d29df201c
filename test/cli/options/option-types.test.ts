import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, levelList, resourceList, seasonList } from '#cli/options/option-types.ts';

describe('instant', () => {
  it.each([
    ['2026-01-05', Date.UTC(2026, 0, 5)],
    ['2026-01-05 12:30', Date.UTC(2026, 0, 5, 12, 30)],
    ['2026-01-05T12:30:15Z', Date.UTC(2026, 0, 5, 12, 30, 15)],
    ['2026-01-05T12:30:00+02:00', Date.UTC(2026, 0, 5, 10, 30)],
    ['2028-02-29T23:00:00-05:00', Date.UTC(2028, 2, 1, 4)],
  ])('reads %s', (text, ms) => {
    expect(instant.parse(text)).toBe(ms / 1000);
  });

  it('reads what toISOString writes, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (date) => {
          expect(instant.parse(date.toISOString())).toBe(date.getTime() / 1000);
        },
      ),
    );
  });

  it.each(['', '5', '2026-13-01', '2026-02-29', '2026-01-05T25:00Z', 'now'])(
    'refuses "%s"',
    (text) => {
      expect(instant.safeParse(text).success).toBe(false);
    },
  );
});

describe('lists', () => {
  it('are sorted and without duplicates', () => {
    expect(levelList.parse('0.9, 0.1,0.5,0.1')).toEqual([0.1, 0.5, 0.9]);
    expect(seasonList.parse('2016,288')).toEqual([288, 2016]);
    expect(resourceList.parse('network,cpu,cpu')).toEqual(['cpu', 'network']);
  });

  it.each([
    [levelList, '0.5,1'],
    [levelList, 'half'],
    [seasonList, '1'],
    [seasonList, ''],
    [resourceList, 'cpu,gpu'],
  ])('refuse what does not fit', (list, text) => {
    expect(list.safeParse(text).success).toBe(false);
  });
});
