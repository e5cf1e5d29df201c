import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries } from '#adapters/local/series/read-series.ts';
import { csvLine } from '#adapters/local/tables/csv-line.ts';
import { createTableWriter } from '#adapters/local/tables/table-writer.ts';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';

const COLUMNS = [
  { name: 'unique_id', type: 'text' },
  { name: 'ds', type: 'time' },
  { name: 'y', type: 'number' },
] as const;

describe('createTableWriter', () => {
  it.each(['t.csv', 't.csv.gz', 't.parquet'])('writes %s as it can be read', async (name) => {
    const path = join(await temporaryDirectory(), name);
    const table = await createTableWriter(path, COLUMNS);
    const rows = 20_001;
    for (let k = 0; k < rows; k++) {
      const time = new Date(k * 300_000).toISOString();
      await table.write(['with "quotes", commas', time, k % 7 === 0 ? null : k / 3]);
    }
    await table.close();
    const { ids, ds, y } = await readSeries(path);
    expect(ids).toEqual(['with "quotes", commas']);
    expect(ds).toHaveLength(rows);
    expect([ds[1], y[1], y[rows - 1]]).toEqual([300, 1 / 3, (rows - 1) / 3]);
    expect(y[7]).toBeNaN();
  });

  it('shows no file before it is closed, and none after it was discarded', async () => {
    const directory = await temporaryDirectory();
    const table = await createTableWriter(join(directory, 't.csv'), COLUMNS);
    await table.write(['a', '1970-01-01', 1]);
    expect(await readdir(directory)).not.toContain('t.csv');
    await table.discard();
    expect(await readdir(directory)).toEqual([]);
  });

  it('does nothing when it is discarded after it was closed', async () => {
    const path = join(await temporaryDirectory(), 't.csv.gz');
    const table = await createTableWriter(path, COLUMNS);
    await table.close();
    await table.discard();
    expect(gunzipSync(await readFile(path)).toString()).toBe('unique_id,ds,y\n');
  });

  it('throws where nothing can be written', async () => {
    const directory = await temporaryDirectory();
    await expect(createTableWriter(join(directory, 'no', 't.csv'), COLUMNS)).rejects.toThrow(
      'ENOENT',
    );
  });
});

it('csvLine keeps numbers to the last bit and leaves cells empty that hold nothing', () => {
  expect(csvLine([null, NaN, 0.1 + 0.2, 1e-300])).toBe(',,0.30000000000000004,1e-300\n');
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      expect(Number(csvLine([value]).trim())).toBe(value === 0 ? 0 : value);
    }),
  );
});
