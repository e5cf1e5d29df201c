import { html, type Html, type HtmlValue } from './html.ts';

export interface Column<Row> {
  readonly head: string;
  /** Numbers are right-aligned, text is left-aligned; notes may take several lines. */
  readonly kind?: 'number' | 'text' | 'time' | 'note';
  readonly cell: (row: Row) => HtmlValue;
}

export interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly emphasized?: (row: Row) => boolean;
}

function renderRow<Row>(row: Row, table: Table<Row>): Html {
  const cells = table.columns.map(({ cell, kind }, position) =>
    position === 0
      ? html`<th scope="row" class="${kind ?? 'text'}">${cell(row)}</th>`
      : html`<td class="${kind ?? 'text'}">${cell(row)}</td>`,
  );
  return table.emphasized?.(row)
    ? html`<tr class="emphasized">
        ${cells}
      </tr>`
    : html`<tr>
        ${cells}
      </tr>`;
}

/** Heads as custom properties of the table: on a phone, CSS writes them before the values. */
function headProperties<Row>(columns: readonly Column<Row>[]): string {
  const text = (head: string): string => `"${head.replaceAll(/["\\\n]/g, '\\$&')}"`;
  return columns.map(({ head }, position) => `--head-${position + 1}:${text(head)}`).join(';');
}

/**
 * A table in its own box that scrolls sideways, also by keyboard; on a phone every row is a
 * paragraph of named values instead. The first column contains row headers.
 */
export function renderTable<Row>(table: Table<Row>): Html {
  const heads = table.columns.map(
    ({ head, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${head}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${table.caption}">
    <table style="${headProperties(table.columns)}">
      <caption>
        ${table.caption}
        <button type="button" class="quiet-button" data-csv="table">CSV</button>
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map((row) => renderRow(row, table))}
      </tbody>
    </table>
  </div>`;
}
