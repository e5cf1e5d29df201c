import { resolve } from 'node:path';
import { collectdCsv, isCollectdFile } from '#adapters/local/formats/collectd.ts';
import type { TextFormat } from '#adapters/local/formats/format.ts';
import { textFormat } from '#adapters/local/formats/known-formats.ts';
import { wideCsv } from '#adapters/local/formats/wide-csv.ts';
import { InputError } from '#adapters/local/input-error.ts';
import { createSink } from '#adapters/local/readings/create-sink.ts';
import { inputHead, separatorOf, type InputHead } from '#adapters/local/readings/input-head.ts';
import type { FileOptions } from '#adapters/local/readings/input-options.ts';
import type { Measurements } from '#adapters/local/readings/measurements.ts';
import { readDocument, readText } from '#adapters/local/readings/read-format.ts';
import { withSpooledInput } from '#adapters/local/readings/spooled-input.ts';
import { withTable } from '#adapters/local/tables/with-table.ts';
import { listDirectory } from './list-directory.ts';
import { readFootprintFile, type RowTarget } from './read-footprint-file.ts';
import { GWA_TIME_COLUMN, readGwaFile } from './read-gwa-file.ts';
import { rowsOfApplication } from './trace-rows.ts';

/** Where rows go, and where the values of series do that become rows in the end. */
export interface InputTarget extends RowTarget {
  readonly measurements: Measurements;
}

interface Source {
  readonly path: string;
  /** The name in messages. */
  readonly file: string;
}

/**
 * Reads a file, standard input (`-`) or a directory. What a file is shows in its content.
 * @throws InputError with file, line, column and the fault.
 */
export async function readInput(
  given: string,
  target: InputTarget,
  options: FileOptions,
): Promise<void> {
  await withSpooledInput(given, ({ path, file, isDirectory }) =>
    isDirectory
      ? readDirectory(path, target, options)
      : readFile({ path, file }, { target, options }),
  );
}

interface Reading {
  readonly target: InputTarget;
  readonly options: FileOptions;
}

async function readFile({ path, file }: Source, { target, options }: Reading): Promise<void> {
  const head = await inputHead(path, file);
  if (head.kind === 'parquet' || /\.parquet$/i.test(path)) {
    return withTable({ file, path, kind: 'parquet' }, (table) =>
      readFootprintFile(table, target, options),
    );
  }
  const source = { path, file, gzip: head.isGzip || /\.gz$/i.test(path) };
  const delimiter = separatorOf(head.text);
  const format = formatOf(head, options);
  if (format === 'document') return readDocument(source, sinkOf(file, { target, options }));
  if (format !== null) {
    if (options.isWide) {
      options.use.mark('wide');
      options.use.mark('map timestamp');
    }
    const epoch = options.epoch ?? (format.kind === 'records' ? (format.epoch ?? null) : null);
    const sink = sinkOf(file, { target, options: { ...options, epoch } });
    return readText(source, { format, delimiter }, sink);
  }
  requireTable(file, head);
  const kind = source.gzip ? 'csv.gz' : 'csv';
  const header = options.header?.map((name) => (name === '-' ? '' : name));
  options.use.mark('columns');
  await withTable({ file, path, kind, delimiter, header }, (table) =>
    readFootprintFile(table, target, options),
  );
}

/** Null for a table of footprints: one that looks like it, or whose columns the user named. */
function formatOf(
  { text }: InputHead,
  { isWide, header, columns }: FileOptions,
): TextFormat | 'document' | null {
  if (isWide) return wideCsv;
  if (header !== null || columns.size > 0) return null;
  const found = textFormat(text.trimStart());
  return found ?? (/^\s*[{[]/.test(text) ? 'document' : null);
}

function sinkOf(file: string, { target: { measurements, budget }, options }: Reading) {
  return createSink({ file, options, into: measurements, budget });
}

/** @throws InputError for a file that is no table by its name or its first line. */
function requireTable(file: string, { kind, text }: InputHead): void {
  if (/\.(csv|tsv|txt)(\.gz)?$/i.test(file)) return;
  if (kind === 'text' && /[,;\t|]/.test(text.split('\n', 1)[0]!)) return;
  const problem =
    kind === 'text'
      ? 'unknown format: neither a table nor one of those in docs/files.md'
      : 'unknown format: neither text nor Parquet; save a spreadsheet as CSV';
  throw new InputError({ file, problem });
}

async function readDirectory(
  directory: string,
  target: InputTarget,
  options: FileOptions,
): Promise<void> {
  const { tables, others } = await listDirectory(directory);
  const collected = others.filter((path) => isCollectdFile(resolve(path)));
  for (const path of collected) await readCollectd(path, { target, options });
  if (collected.length > 0) return;
  const [first] = tables;
  if (first === undefined) {
    const problem = 'a directory without CSV files, and without files of collectd';
    throw new InputError({ file: directory, problem });
  }
  const { text } = await inputHead(first.path, first.path);
  const isGwa = text.slice(0, 200).toLowerCase().includes(GWA_TIME_COLUMN);
  for (const { path, applicationId } of tables) {
    if (isGwa) await readGwa(path, applicationId, target);
    else {
      const named = { ...options, application: options.application ?? applicationId };
      await readFile({ path, file: path }, { target, options: named });
    }
  }
}

async function readGwa(file: string, applicationId: string, target: InputTarget): Promise<void> {
  const { into, budget } = target;
  await withTable({ file, kind: 'csv', delimiter: ';' }, (table) =>
    readGwaFile(table, { rows: rowsOfApplication(into, applicationId, file), budget }),
  );
}

async function readCollectd(file: string, reading: Reading): Promise<void> {
  const format = collectdCsv(resolve(file));
  const source = { path: file, file, gzip: false };
  await readText(source, { format, delimiter: ',' }, sinkOf(file, reading));
}
