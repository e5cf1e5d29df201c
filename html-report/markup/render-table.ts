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

/**
 * A table in its own box that scrolls sideways, also by keyboard. The first column contains row
 * headers.
 */
export function renderTable<Row>(table: Table<Row>): Html {
  const heads = table.columns.map(
    ({ head, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${head}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${table.caption}">
    <table>
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
