import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** A result of a benchmark, as it stands in a file of docs/benchmarks/. */
export interface BenchTable {
  /** The table stands between `<!-- table:NAME -->` and `<!-- /table:NAME -->`. */
  readonly name: string;
  readonly markdown: string;
  /** The line above the table: command, machine and date. */
  readonly provenance: string;
}

type Cell = string | number | boolean | null | undefined;

/**
 * The document with another table between its markers; everything outside of them stays as it is.
 * @throws RangeError if the document has not exactly one pair of such markers.
 */
export function withTable(document: string, { name, markdown, provenance }: BenchTable): string {
  const [opening, closing] = [`<!-- table:${name} -->`, `<!-- /table:${name} -->`];
  const [before, rest, ...more] = document.split(opening);
  const [, after, ...others] = rest?.split(closing) ?? [];
  if (before === undefined || after === undefined || more.length > 0 || others.length > 0) {
    throw new RangeError(`the document needs ${opening} and ${closing} once, in this order`);
  }
  const block = [opening, provenance.trim(), markdown.trim(), closing].join('\n\n');
  return `${before}${block}${after}`;
}

/**
 * Rows as a table in markdown, with the keys of the first row as its head. Numbers are aligned
 * to the right.
 * @throws RangeError if there is no row.
 */
export function markdownTable(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const [first] = rows;
  if (first === undefined) throw new RangeError('a table needs a row');
  const head = Object.keys(first);
  const rule = head.map((key) => (typeof first[key] === 'number' ? '---:' : '---'));
  const body = rows.map((row) => head.map((key) => cellText(row[key])));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellText(cell: Cell): string {
  return String(cell ?? '–').replaceAll('|', '\\|');
}

/** Whether the benchmark was called with `--write`. */
export const WRITES = process.argv.includes('--write');

/** What the benchmark was called with, without `--write`. */
export const benchArguments: readonly string[] = process.argv
  .slice(2)
  .filter((word) => word !== '--write');

/**
 * Renews a table of docs/benchmarks/ if the benchmark was called with `--write`. The line above the
 * table says how the benchmark was called, on which machine and on which day.
 * @throws RangeError if the document has no such table.
 */
export async function renewTable(
  document: 'engine' | 'forecasting' | 'detection' | 'speed' | 'aws',
  name: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  if (!WRITES) return;
  const path = join(import.meta.dirname, `../docs/benchmarks/${document}.md`);
  const table = { name, markdown: markdownTable(rows), provenance: provenanceHere() };
  const text = withTable(await readFile(path, 'utf8'), table);
  const style = { ...(await resolveConfig(path)), filepath: path, proseWrap: 'always' } as const;
  await writeFile(path, await format(text, style));
}

function provenanceHere(): string {
  const { npm_lifecycle_event: script } = process.env;
  const command = script === undefined ? `npx tsx ${process.argv[1]}` : `npm run ${script}`;
  const given =
    benchArguments.length === 0 ? '' : `${script ? ' --' : ''} ${benchArguments.join(' ')}`;
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const machine = `${cpus().length} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `\`${command}${given}\` · ${machine}, Node ${process.versions.node} · ${date}`;
}
