import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { withDuckdb } from '#adapters/local/tables/with-duckdb.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

/** A kind of file, and what reads it. */
export interface FuzzKind {
  /** In a few words. */
  readonly name: string;
  /** Name of the file below its directory. */
  readonly file: string;
  readonly read: 'series' | 'trace' | 'settings' | 'candidate';
  /** The file as it is good. */
  readonly bytes: Uint8Array;
  mutate(random: Random): Buffer;
}

const ROWS = 120;

function seriesText(ds: (k: number) => string): string {
  const lines = Array.from({ length: ROWS }, (_, k) =>
    k % 40 === 7 ? `"b, ""c""",${ds(k)},` : `a,${ds(k)},${(10 + Math.sin(k)).toFixed(3)}`,
  );
  return ['unique_id,ds,y', ...lines, ''].join('\n');
}

const START = Date.UTC(2026, 0, 5) / 1000;
const iso = (k: number) => new Date((START + 300 * k) * 1000).toISOString();

function traceText(): string {
  const lines = Array.from(
    { length: ROWS },
    (_, k) => `${k % 2 ? 'web' : 'db'},${iso(k >> 1)},${k % 7},${k * 1e6},,3,type`,
  );
  return ['application_id,timestamp,cpu,memory,disk,network,application_type', ...lines, ''].join(
    '\n',
  );
}

function gwaText(): string {
  const names = [
    'Timestamp [ms]',
    'CPU cores',
    'CPU capacity provisioned [MHZ]',
    'CPU usage [MHZ]',
    'Memory usage [KB]',
    'Disk read throughput [KB/s]',
    'Disk write throughput [KB/s]',
    'Network received throughput [KB/s]',
    'Network transmitted throughput [KB/s]',
  ];
  const lines = Array.from({ length: ROWS }, (_, k) =>
    [START + 300 * k, 4, 1e4, 1000 + k, 2e6, 1, 2, 3, 4].join(';\t'),
  );
  return [names.join(';\t'), ...lines, ''].join('\n');
}

const SETTINGS = JSON.stringify({ training: { origins: 12 }, clustering: {} }, null, 1);

/** One good file of every kind. @param candidate an ONNX file. */
export async function fuzzKinds(candidate: Uint8Array): Promise<readonly FuzzKind[]> {
  const text = (name: string, file: Pick<FuzzKind, 'file' | 'read'>, content: string): FuzzKind =>
    plain(name, file, Buffer.from(content));
  const series = { file: 's.csv', read: 'series' } as const;
  const trace = { file: 't.csv', read: 'trace' } as const;
  const isoSeries = seriesText(iso);
  return [
    text('series, CSV, ISO times', series, isoSeries),
    text(
      'series, CSV, Unix seconds',
      series,
      seriesText((k) => String(START + 300 * k)),
    ),
    text('series, CSV, whole numbers', series, seriesText(String)),
    gzipped(text('series, CSV.gz', series, isoSeries)),
    plain(
      'series, Parquet',
      { file: 's.parquet', read: 'series' },
      await parquet(isoSeries, 'ds::TIMESTAMP AS ds'),
    ),
    text('trace, CSV', trace, traceText()),
    gzipped(text('trace, CSV.gz', trace, traceText())),
    plain(
      'trace, Parquet',
      { file: 't.parquet', read: 'trace' },
      await parquet(traceText(), '"timestamp"::TIMESTAMPTZ AS "timestamp"'),
    ),
    text('trace, GWA-T-12', { file: join('gwa', '1.csv'), read: 'trace' }, gwaText()),
    text('settings, JSON', { file: 'settings.json', read: 'settings' }, SETTINGS),
    plain('candidate, ONNX', { file: 'c.onnx', read: 'candidate' }, candidate),
  ];
}

function plain(
  name: string,
  { file, read }: Pick<FuzzKind, 'file' | 'read'>,
  bytes: Uint8Array,
): FuzzKind {
  return { name, file, read, bytes, mutate: (random) => mutateBytes(bytes, random) };
}

/** Its text is changed, or its gzip bytes. */
function gzipped({ name, file, read, bytes }: FuzzKind): FuzzKind {
  const zipped = gzipSync(bytes);
  return {
    name,
    file: `${file}.gz`,
    read,
    bytes: zipped,
    mutate: (random) =>
      random() < 0.5
        ? mutateBytes(zipped, random)
        : gzipSync(mutateBytes(gunzipSync(zipped), random)),
  };
}

async function parquet(csv: string, typed: string): Promise<Uint8Array> {
  const base = join(tmpdir(), `foreprint-fuzz-${process.pid}`);
  try {
    await withDuckdb(async (connection) => {
      await writeFile(`${base}.csv`, csv);
      await connection.run(
        `COPY (SELECT * REPLACE (${typed}) FROM read_csv('${base}.csv', header = true, delim = ',', quote = '"'))
         TO '${base}.parquet' (FORMAT parquet)`,
      );
    });
    return await readFile(`${base}.parquet`);
  } finally {
    await rm(`${base}.csv`, { force: true });
    await rm(`${base}.parquet`, { force: true });
  }
}
