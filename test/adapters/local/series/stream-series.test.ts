import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { streamSeries } from '#adapters/local/series/stream-series.ts';
import type { SeriesRow } from '#adapters/local/series/with-series-table.ts';
import { gzipped, inputErrorOf, inputFile, parquetFile } from '#test/adapters/local/input-files.ts';

async function streamed(path: string): Promise<readonly SeriesRow[]> {
  return streamSeries(path, async (series) => {
    const rows: SeriesRow[] = [];
    for await (const each of series.pieces()) each((row) => rows.push({ ...row }));
    return rows;
  });
}

async function whole(path: string): Promise<readonly SeriesRow[]> {
  const { ids, idIndex, ds, dsText, y } = await readSeries(path);
  return dsText.map((text, k) => ({
    id: ids[idIndex[k]!]!,
    ds: ds[k]!,
    dsText: text,
    y: y[k]!,
  }));
}

const csvText = (lines: readonly string[]) => ['unique_id,ds,y', ...lines, ''].join('\n');

describe('streamSeries', () => {
  it('gives the same rows as readSeries, for all formats of ds', async () => {
    const time = fc.date({
      min: new Date('1960-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    const written = fc.tuple(time, fc.nat(5)).map(([date, way]) => {
      const iso = date.toISOString();
      const plain = iso.slice(0, 19);
      const ways = [
        plain,
        plain.replace('T', ' '),
        `${plain}Z`,
        iso,
        iso.slice(0, 10),
        `${plain}+02:00`,
      ];
      return ways[way]!;
    });
    const number = fc.oneof(
      fc.integer({ min: -9_999_999, max: 9_999_999 }).map(String),
      fc.constantFrom('007', '-0', '+5'),
    );
    const line = (ds: fc.Arbitrary<string>) =>
      fc
        .tuple(fc.constantFrom('a', 'b', 'a long name, quoted'), ds, fc.constantFrom('', '1.5'))
        .map(([id, at, y]) => `"${id}",${at},${y}`);
    const lines = fc.oneof(
      fc.array(line(written), { minLength: 1, maxLength: 30 }),
      fc.array(line(number), { minLength: 1, maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const path = await inputFile('s.csv', csvText(all));
        expect(await streamed(path)).toEqual(await whole(path));
      }),
      { numRuns: 30 },
    );
  });

  it('gives many rows in file order, from CSV, CSV.gz and Parquet', async () => {
    const lines = Array.from({ length: 10_000 }, (_, k) => {
      const at = new Date(1.7e12 + k * 300_000).toISOString().slice(0, 19);
      return `${k % 3 === 0 ? 'a' : `s${k >> 9}`},${at},${k}`;
    });
    const csv = await inputFile('s.csv', csvText(lines));
    const expected = await whole(csv);
    expect(await streamed(csv)).toEqual(expected);
    expect(await streamed(await inputFile('s.csv.gz', gzipped(csvText(lines))))).toEqual(expected);
    const query = `SELECT unique_id, ds::TIMESTAMP AS ds, y FROM read_csv('${csv}')`;
    expect(await streamed(await parquetFile(query))).toEqual(expected);
  });

  it('names the line of an invalid row at the end of a long file', async () => {
    const lines = Array.from({ length: 9000 }, (_, k) => `a,${k},${k === 8000 ? 'x' : 1}`);
    const error = await inputErrorOf(streamed(await inputFile('s.csv', csvText(lines))));
    expect([error.line, error.column, error.problem]).toEqual([8002, 'y', '"x" is not a number']);
  });

  it('rethrows errors of its consumer', async () => {
    const path = await inputFile('s.csv', csvText(['a,1,1']));
    const work = streamSeries(path, async (series) => {
      for await (const each of series.pieces()) {
        each(() => {
          throw new Error('disk full');
        });
      }
    });
    await expect(work).rejects.toThrow(/^disk full$/);
  });
});
