/** A result of a benchmark, as it stands in a file of docs/benchmarks/. */
export interface MarkedTable {
  /** The table stands between `<!-- table:NAME -->` and `<!-- /table:NAME -->`. */
  readonly name: string;
  readonly markdown: string;
  /** The line above the table: command, machine and date. */
  readonly provenance: string;
}

export type Cell = string | number | boolean | null | undefined;

/**
 * The document with another table between its markers; everything outside of them stays as it is.
 * @throws RangeError if the document has not exactly one pair of such markers.
 */
export function withTable(document: string, { name, markdown, provenance }: MarkedTable): string {
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
