import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { markdownTable, withTable, type Cell } from '#scripts/marked-table.ts';

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
  document:
    'account' | 'clusters' | 'engine' | 'forecasting' | 'detection' | 'serve' | 'speed' | 'aws',
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
