import type { DuckDBConnection } from '@duckdb/node-api';
import { RESOURCES } from '#core/domain/footprint.ts';
import { InputError } from '#adapters/local/input-error.ts';
import { requireColumn, type InputTable } from '#adapters/local/tables/input-table.ts';
import { readRows } from '#adapters/local/tables/read-rows.ts';
import type { RequestedColumn } from '#adapters/local/tables/requested-column.ts';
import { rowsOfApplication, type TraceRows } from './trace-rows.ts';

/**
 * Adds the rows of a footprint trace with the columns application_id, timestamp and at least one
 * resource.
 * @throws InputError if a column is missing or a cell is invalid.
 */
export async function readFootprintFile(
  connection: DuckDBConnection,
  table: InputTable,
  into: TraceRows,
): Promise<void> {
  const columns = requestedColumns(table);
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const [idAt, timeAt, typeAt] = [at('application_id'), at('timestamp'), at('application_type')];
  const resourceAt = RESOURCES.map(at);
  const amounts = new Float64Array(RESOURCES.length);
  await readRows(connection, table, {
    columns,
    visit(row) {
      const rows = rowsOfApplication(into, row.text(idAt)!, table.file);
      if (typeAt >= 0) rows.applicationType = row.text(typeAt) ?? rows.applicationType;
      for (let r = 0; r < amounts.length; r++) {
        amounts[r] = resourceAt[r]! >= 0 ? row.number(resourceAt[r]!) : NaN;
      }
      rows.add(row.number(timeAt), amounts);
    },
  });
}

function requestedColumns(table: InputTable): readonly RequestedColumn[] {
  const optional = (name: string, kind: RequestedColumn['kind']): readonly RequestedColumn[] => {
    const column = table.columns.find((c) => c.name === name);
    return column ? [{ ...column, kind }] : [];
  };
  const resources = RESOURCES.flatMap((resource) => optional(resource, 'amount'));
  const identity: readonly RequestedColumn[] = [
    { ...requireColumn(table, 'application_id'), kind: 'text' },
    { ...requireColumn(table, 'timestamp'), kind: 'time' },
  ];
  if (resources.length === 0) {
    const problem = `has none of the columns ${RESOURCES.join(', ')}`;
    throw new InputError({ file: table.file, problem });
  }
  return [...identity, ...resources, ...optional('application_type', 'optional-text')];
}
