import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { createTableWriter } from '#adapters/local/tables/table-writer.ts';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { gzipped, inputErrorOf, parquetFile } from '#test/adapters/local/input-files.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const series = (id: string) => `unique_id,ds,y\n${id},1,1\n${id},2,2\n`;

async function written(directory: string, name: string, content: string | Uint8Array) {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe('characters of patterns in file names', () => {
  it.each([
    ['load[1].csv', 'load1.csv'],
    ['app*.csv', 'app1.csv'],
    ['app?.csv', 'app1.csv'],
    ['app**.csv', 'app1.csv'],
    ['[!a].csv', 'b.csv'],
    ['{a,b}.csv', 'a.csv'],
    ['~.csv', 'x.csv'],
  ])('reads exactly %s, whatever else is there', async (name, other) => {
    const directory = await temporaryDirectory();
    await written(directory, other, series('other'));
    const error = await inputErrorOf(readSeries(join(directory, name)));
    expect(error.problem).toBe('no such file');
    const path = await written(directory, name, series('own'));
    expect((await readSeries(path)).ids).toEqual(['own']);
    const zipped = await written(directory, `${name}.gz`, gzipped(series('zipped')));
    expect((await readSeries(zipped)).ids).toEqual(['zipped']);
    const parquet = join(directory, name.replace('.csv', '.parquet'));
    await written(directory, other.replace('.csv', '.parquet'), series('other'));
    await rename(await parquetFile(`SELECT 'parquet' AS unique_id, 1 AS ds, 1 AS y`), parquet);
    expect((await readSeries(parquet)).ids).toEqual(['parquet']);
  });

  it('reads and writes under any name', async () => {
    const directory = await temporaryDirectory();
    await written(directory, 'a.csv', series('other'));
    await written(directory, 'a/a.csv', series('other'));
    const name = fc.string({
      unit: fc.constantFrom(...'a1*?[]!{},-=\\\'" $%&~;'),
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(name, name, async (folder, file) => {
        const path = await written(directory, join(`d${folder}`, `${file}.csv`), series('own'));
        expect((await readSeries(path)).ids).toEqual(['own']);
        const out = join(dirname(path), `${file}.parquet`);
        const table = await createTableWriter(out, [
          { name: 'unique_id', type: 'text' },
          { name: 'ds', type: 'integer' },
          { name: 'y', type: 'number' },
        ]);
        await table.write(['made', 7, 0.5]);
        await table.close();
        const { ids, ds, y } = await readSeries(out);
        expect([ids, [...ds], [...y]]).toEqual([['made'], [7], [0.5]]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('folders that look like partitions', () => {
  it.each(['cpu=4', 'timestamp=2026-01-01', 'application_id=shop', 'plain'])(
    'reads the own columns of a Parquet file under %s/',
    async (folder) => {
      const source = await parquetFile(
        `SELECT 'real' AS application_id, TIMESTAMP '2026-01-05' + INTERVAL (5 * k) MINUTE AS "timestamp",
                10.0 + k % 7 AS cpu FROM range(700) t(k)`,
      );
      const path = join(await temporaryDirectory(), folder, 'p.parquet');
      await mkdir(dirname(path));
      await rename(source, path);
      const { applications, steps, startSeconds } = await readTrace([path]);
      expect(applications.map(({ applicationId }) => applicationId)).toEqual(['real']);
      expect([steps, startSeconds]).toEqual([700, Date.UTC(2026, 0, 5) / 1000]);
      expect(applications[0]!.window.values.cpu[13]).toBe(16);
    },
  );

  it.each(['y=7', 'unique_id=x', 'ds=1'])(
    'reads the own y of a series under %s/',
    async (folder) => {
      const directory = await temporaryDirectory();
      const source = await parquetFile(`SELECT 'real' AS unique_id, 5 AS ds, 3 AS y`);
      await mkdir(join(directory, folder));
      const path = join(directory, folder, 'p.parquet');
      await rename(source, path);
      const { ids, ds, y } = await readSeries(path);
      expect([ids, [...ds], [...y]]).toEqual([['real'], [5], [3]]);
      const csv = await written(directory, join(folder, 'p.csv'), series('text'));
      expect((await readSeries(csv)).ids).toEqual(['text']);
    },
  );
});
