import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dsWriter } from '#adapters/local/series/ds-writer.ts';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { regularSeries } from '#adapters/local/series/regular-series.ts';
import { gzipped, inputErrorOf, inputFile, parquetFile } from '#test/adapters/local/input-files.ts';

const csv = (...lines: readonly string[]) =>
  inputFile('series.csv', ['unique_id,ds,y', ...lines, ''].join('\n'));
const M4 = new URL('../../../../../shared/data/m4-hourly/train.csv.gz', import.meta.url).pathname;

describe('readSeries', () => {
  it('keeps every row in file order, including duplicates and jumps', async () => {
    const file = await readSeries(
      await csv(
        'b,2015-01-01 02:00:00,1',
        'a,2015-01-01 00:00:00,-2.5',
        'b,2015-01-01 02:00:00,3',
        'b,2015-01-01 01:00:00,',
      ),
    );
    expect(file.ids).toEqual(['b', 'a']);
    expect([...file.idIndex]).toEqual([0, 1, 0, 0]);
    expect([...file.y]).toEqual([1, -2.5, 3, NaN]);
    expect(file.dsText).toEqual([
      '2015-01-01 02:00:00',
      '2015-01-01 00:00:00',
      '2015-01-01 02:00:00',
      '2015-01-01 01:00:00',
    ]);
    const start = Date.UTC(2015, 0, 1) / 1000;
    expect(file.dsKind).toBe('time');
    expect([...file.ds]).toEqual([2, 0, 2, 1].map((hour) => start + hour * 3600));
  });

  it('reads whole numbers as such', async () => {
    const file = await readSeries(await csv('a,1,5', 'a,2,6', 'a,4,8'));
    expect(file.dsKind).toBe('integer');
    expect([...file.ds]).toEqual([1, 2, 4]);
    expect(file.dsText).toEqual(['1', '2', '4']);
  });

  it('reads the same from CSV.gz and Parquet', async () => {
    const text = 'unique_id,ds,y\na,2015-01-01T00:00:00,1\na,2015-01-01T01:00:00,2\n';
    const plain = await inputFile('s.csv', text);
    const gz = await readSeries(await inputFile('s.csv.gz', gzipped(text)));
    const parquet = await readSeries(
      await parquetFile(`SELECT unique_id, ds::TIMESTAMP AS ds, y FROM read_csv('${plain}')`),
    );
    const expected = await readSeries(plain);
    expect(gz).toEqual({ ...expected, source: gz.source });
    expect(parquet).toEqual({ ...expected, source: parquet.source });
  });

  it.each([
    ['a missing column', 'unique_id,ds\na,1\n', null, 'y', 'missing'],
    ['text for y', 'unique_id,ds,y\na,1,1\na,2,x\n', 3, 'y', '"x" is not a number'],
    ['NaN for y', 'unique_id,ds,y\na,1,nan\n', 2, 'y', '"nan" is not a finite number'],
    [
      'a number among times',
      'unique_id,ds,y\na,2015-01-01,1\na,7,2\n',
      3,
      'ds',
      '"7" is not a time',
    ],
    [
      'a time among numbers',
      'unique_id,ds,y\na,7,1\na,2015-01-01,2\n',
      3,
      'ds',
      'is not a whole number',
    ],
    ['no ds', 'unique_id,ds,y\na,,1\n', 2, 'ds', 'is missing'],
    ['no unique_id', 'unique_id,ds,y\n,1,1\n', 2, 'unique_id', 'is missing'],
    ['no rows', 'unique_id,ds,y\n', null, null, 'has a header but no rows'],
  ])('refuses %s', async (...[, text, line, column, problem]) => {
    const error = await inputErrorOf(readSeries(await inputFile('s.csv', text)));
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.problem).toContain(problem);
  });

  it.skipIf(!existsSync(M4))(
    'reads the M4 hourly series (skipped without ../shared/data)',
    async () => {
      const file = await readSeries(M4);
      expect([file.ids.length, file.y.length]).toEqual([311, 265_540]);
      const { series } = regularSeries(file);
      expect(series.every(({ series: { stepSeconds } }) => stepSeconds === 3600)).toBe(true);
      expect(series.reduce((sum, { series: { values } }) => sum + values.length, 0)).toBe(265_540);
    },
  );
});

describe('regularSeries', () => {
  it('sorts rows, leaves gaps as NaN and uses the last row of a step', async () => {
    const file = await readSeries(
      await csv('a,3,30', 'a,1,10', 'a,2,20', 'a,6,60', 'a,2,21', 'a,7,70', 'a,7,', 'b,5,1'),
    );
    const [a, b] = regularSeries(file).series;
    expect(a?.series).toMatchObject({ startSeconds: 1, stepSeconds: 1 });
    expect([...(a?.series.values ?? [])]).toEqual([10, 21, 30, NaN, NaN, 60, 70]);
    expect([...(b?.series.values ?? [])]).toEqual([1]);
  });

  it('gives each series its own start and step', async () => {
    const file = await readSeries(
      await csv(
        'a,2015-01-01 00:07:00,1',
        'a,2015-01-01 00:12:00,2',
        'b,2015-01-02,1',
        'b,2015-01-03,2',
      ),
    );
    const starts = regularSeries(file).series.map(({ series }) => [
      series.startSeconds,
      series.stepSeconds,
    ]);
    expect(starts).toEqual([
      [Date.UTC(2015, 0, 1, 0, 7) / 1000, 300],
      [Date.UTC(2015, 0, 2) / 1000, 86_400],
    ]);
  });

  it('rejects a series with another step than requested, and one with an impossible ds', async () => {
    const hours = [0, 1, 2, 3, 4, 5, 6];
    const hourly = await readSeries(await csv(...hours.map((h) => `a,${h * 3600},1`)));
    expect(() => regularSeries(hourly, 300)).toThrow('series a has a step of 3600 s, not of 300 s');
    const wild = await readSeries(await csv(...[0, 1, 2, 3, 4, 9e6].map((ds) => `a,${ds},1`)));
    expect(() => regularSeries(wild)).toThrow('one of them must be wrong');
  });
});

describe('dsWriter', () => {
  const noon = Date.UTC(2015, 0, 1, 12) / 1000;
  it.each([
    ['2015-01-01T00:00:00', noon, '2015-01-01T12:00:00'],
    ['2015-01-01 00:00:00', noon, '2015-01-01 12:00:00'],
    ['2015-01-01T00:00:00Z', noon, '2015-01-01T12:00:00Z'],
    ['2015-01-01T00:00:00+00:00', noon, '2015-01-01T12:00:00+00:00'],
    ['2015-01-01T00:00:00+05:30', noon, '2015-01-01T17:30:00+05:30'],
    ['2015-01-01 00:00 America/New_York', noon, '2015-01-01 07:00 America/New_York'],
    ['2015-01-01T00:00+01:00[Europe/Paris]', 1e9, '2001-09-09T03:46:40+02:00[Europe/Paris]'],
    ['2015/01/01 00:00:00.25', noon + 0.5, '2015/01/01 12:00:00.50'],
    ['20150101', Date.UTC(2015, 0, 31) / 1000, '20150131'],
    ['20150101000000', noon, '20150101120000'],
    ['1420070400', noon, '1420113600'],
    ['1420070400.0', noon, '1420113600.0'],
    ['1420070400000', noon + 0.25, '1420113600250'],
    ['1420070400000000', noon, '1420113600000000'],
    ['1420070400000000000', noon, '1420113600000000000'],
    ['2015-01-01', Date.UTC(2015, 0, 2) / 1000, '2015-01-02'],
    ['2015-01-01', noon, '2015-01-01T12:00:00'],
    ['17', 18, '18'],
  ])('writes like %s', async (first, ds, expected) => {
    const { dsKind, dsText } = await readSeries(await csv(`a,${first},1`));
    expect(dsWriter(dsKind, dsText[0]!)(ds)).toBe(expected);
  });
});
