import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import { inputErrorOf, inputFile } from '#test/adapters/local/input-files.ts';

async function seriesOf(...lines: readonly string[]) {
  return regularSeries(
    await readSeries(await inputFile('s.csv', ['unique_id,ds,y', ...lines, ''].join('\n'))),
  );
}

/** The `ds` that follow a series of these. */
async function following(ds: readonly string[], count: number): Promise<readonly string[]> {
  const { series } = await seriesOf(...ds.map((text, k) => `a,${text},${k}`));
  const end = series[0]!.series.values.length;
  return Array.from({ length: count }, (_, k) => series[0]!.dsAt(end + k));
}

const monthly = (from: number, count: number, each = 1) =>
  Array.from({ length: count }, (_, k) =>
    new Date(Date.UTC(2019, from + k * each, 1)).toISOString().slice(0, 10),
  );

describe('calendar months are stepped as months', () => {
  it.each([
    ['months', monthly(0, 24), ['2021-01-01', '2021-02-01', '2021-03-01']],
    [
      'months with a gap',
      monthly(0, 24).filter((_, k) => k !== 7),
      ['2021-01-01', '2021-02-01', '2021-03-01'],
    ],
    ['quarters', monthly(0, 8, 3), ['2021-01-01', '2021-04-01', '2021-07-01']],
    ['years', monthly(0, 3, 12), ['2022-01-01', '2023-01-01', '2024-01-01']],
    [
      'ends of months',
      ['2023-10-31', '2023-11-30', '2023-12-31'],
      ['2024-01-31', '2024-02-29', '2024-03-31'],
    ],
    [
      'two months',
      ['2023-01-15 06:00', '2023-02-15 06:00'],
      ['2023-03-15 06:00', '2023-04-15 06:00', '2023-05-15 06:00'],
    ],
    [
      'a day that a month lacks',
      ['2023-10-30', '2023-12-30', '2024-01-30'],
      ['2024-02-29', '2024-03-30', '2024-04-30'],
    ],
    ['months alone', ['2023-11', '2023-12'], ['2024-01', '2024-02', '2024-03']],
    ['dates in digits', ['20231101', '20231201'], ['20240101', '20240201', '20240301']],
    [
      'months of a zone',
      [
        '2026-01-01T00:00:00 Europe/Berlin',
        '2026-02-01T00:00:00 Europe/Berlin',
        '2026-03-01T00:00:00 Europe/Berlin',
      ],
      [
        '2026-04-01T00:00:00 Europe/Berlin',
        '2026-05-01T00:00:00 Europe/Berlin',
        '2026-06-01T00:00:00 Europe/Berlin',
      ],
    ],
    [
      'weeks',
      ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'],
      ['2026-02-02', '2026-02-09', '2026-02-16'],
    ],
    [
      'four weeks',
      ['2026-01-05', '2026-02-02', '2026-03-02'],
      ['2026-03-30', '2026-04-27', '2026-05-25'],
    ],
  ])('%s', async (_, ds, expected) => {
    expect(await following(ds, 3)).toEqual(expected);
  });

  it('puts values of months into their slots', async () => {
    const { series } = await seriesOf('a,2024-01-31,1', 'a,2024-02-29,2', 'a,2024-04-30,4');
    expect([...series[0]!.series.values]).toEqual([1, 2, NaN, 4]);
    expect(series[0]!.series.stepSeconds / 86_400).toBeCloseTo(30.436875, 9);
  });
});

describe('days of a zone are days over a change of the clocks', () => {
  it.each([
    [
      'named',
      [28, 29, 30, 31].map((day) => `2026-03-${day} 00:00:00 Europe/Berlin`),
      ['2026-04-01 00:00:00 Europe/Berlin', '2026-04-02 00:00:00 Europe/Berlin'],
    ],
    [
      'named, before the change',
      [25, 26, 27].map((day) => `2026-03-${day}T08:00[Europe/Berlin]`),
      [
        '2026-03-28T08:00[Europe/Berlin]',
        '2026-03-29T08:00[Europe/Berlin]',
        '2026-03-30T08:00[Europe/Berlin]',
      ],
    ],
    [
      'named hours',
      [22, 23].map((hour) => `2026-03-28 ${hour}:00:00 Europe/Berlin`),
      [0, 1, 3].map((hour) => `2026-03-29 0${hour}:00:00 Europe/Berlin`),
    ],
  ])('%s', async (_, ds, expected) => {
    expect(await following(ds, expected.length)).toEqual(expected);
  });

  it('named zones come back with their names (named-zone.csv)', async () => {
    const ds = Array.from(
      { length: 48 },
      (_, k) =>
        `2026-01-${String(5 + Math.floor(k / 24)).padStart(2, '0')} ${String(k % 24).padStart(2, '0')}:00:00 Europe/Berlin`,
    );
    expect(await following(ds, 2)).toEqual([
      '2026-01-07 00:00:00 Europe/Berlin',
      '2026-01-07 01:00:00 Europe/Berlin',
    ]);
  });
});

describe('series that are measured now and then', () => {
  const START = Date.UTC(2026, 0, 5) / 1000;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

  it('lie on their grid, whatever its step and however few of it were measured', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(11, 60, 300, 660, 1500, 3600, 18_000),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 30, maxLength: 60 }),
        async (step, gaps) => {
          const places = gaps.reduce<number[]>(
            (all, gap) => [...all, all.at(-1)! + gap],
            [0, 2, 5],
          );
          const lines = places.map((place, k) => `fn,${iso(START + place * step)},${k}`);
          const { series, remarks } = await seriesOf(...lines);
          expect(remarks).toEqual([]);
          const { values, stepSeconds } = series[0]!.series;
          expect(stepSeconds).toBe(step);
          expect(places.map((place) => values[place])).toEqual(places.map((_, k) => k));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('never discard the file if they have no step: they are left out and named', async () => {
    const healthy = Array.from({ length: 50 }, (_, k) => `healthy,${iso(START + k * 3600)},${k}`);
    const bad = Array.from(
      { length: 50 },
      (_, k) => `bad,${iso(START + k * 4000 + ((k * k * 7919) % 3900))},1`,
    );
    const { series, remarks } = await seriesOf(...healthy, ...bad);
    expect(series.map(({ id }) => id)).toEqual(['healthy']);
    expect(remarks).toEqual([
      expect.stringMatching(/^left out: series bad has times without a regular step/),
    ]);
    const error = await inputErrorOf(seriesOf(...bad));
    expect(error.problem).toMatch(/^series bad has times without a regular step/);
  });

  it('are averaged over the longest step where a history changed it, with one remark', async () => {
    const old = Array.from({ length: 300 }, (_, k) => `a,${iso(START + k * 300)},${k}`);
    const young = Array.from(
      { length: 300 },
      (_, k) => `a,${iso(START + 300 * 300 + k * 60)},${k % 5}`,
    );
    const { series, remarks } = await seriesOf(...old, ...young);
    expect(series[0]!.series.stepSeconds).toBe(300);
    expect([...series[0]!.series.values.slice(298)]).toEqual([298, 299, ...Array(60).fill(2)]);
    expect(remarks).toEqual(['series a has steps from 60 on: averaged over 300']);
  });
});
