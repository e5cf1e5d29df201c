import { InputError } from '#adapters/local/input-error.ts';
import type { CellBudget } from '#adapters/local/tables/cell-budget.ts';
import { type ColumnKind, type RequestedColumn } from '#adapters/local/tables/column-kind.ts';
import { eachRow, requireColumn, type InputTable } from '#adapters/local/tables/input-table.ts';
import { instants } from '#adapters/local/times/time-reader.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { isTrue, SIMULATED_COLUMN } from './simulated-column.ts';
import { rowsOfApplication, type TraceRows } from './trace-rows.ts';

/** Where the rows of a file go, and how much of them may. */
export interface RowTarget {
  readonly into: TraceRows;
  readonly budget: CellBudget;
}

/**
 * Adds the rows of a footprint trace with the columns application_id, timestamp and at least one
 * resource.
 * @throws InputError if a column is missing or a cell is invalid.
 */
export async function readFootprintFile(
  table: InputTable,
  { into, budget }: RowTarget,
): Promise<void> {
  const columns = await wantedColumns(table);
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const [idAt, timeAt, typeAt] = [at('application_id'), at('timestamp'), at('application_type')];
  const simulatedAt = at(SIMULATED_COLUMN);
  const resourceAt = RESOURCES.map(at);
  const amounts = new Float64Array(RESOURCES.length);
  await eachRow(table, { columns, budget }, (row) => {
    const rows = rowsOfApplication(into, row.text(idAt)!, table.file);
    if (typeAt >= 0) rows.applicationType = row.text(typeAt) ?? rows.applicationType;
    if (simulatedAt >= 0 && isTrue(row.text(simulatedAt))) rows.isSimulated = true;
    for (let r = 0; r < amounts.length; r++) {
      amounts[r] = resourceAt[r]! >= 0 ? row.number(resourceAt[r]!) : NaN;
    }
    rows.add(row.number(timeAt), amounts);
  });
}

async function wantedColumns(table: InputTable): Promise<readonly RequestedColumn[]> {
  const optional = (name: string, kind: ColumnKind): readonly RequestedColumn[] =>
    table.columns.includes(name) ? [{ name, kind }] : [];
  requireColumn(table, 'application_id');
  requireColumn(table, 'timestamp');
  const resources = RESOURCES.flatMap((resource) => optional(resource, 'amount'));
  if (resources.length === 0) {
    const problem = `has none of the columns ${RESOURCES.join(', ')}`;
    throw new InputError({ file: table.file, problem });
  }
  return [
    { name: 'application_id', kind: 'text' },
    { name: 'timestamp', kind: instants(await table.first('timestamp')) },
    ...resources,
    ...optional('application_type', 'optional-text'),
    ...optional(SIMULATED_COLUMN, 'optional-text'),
  ];
}
