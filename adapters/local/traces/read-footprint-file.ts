import { InputError } from '#adapters/local/input-error.ts';
import type { FileOptions } from '#adapters/local/readings/input-options.ts';
import type { CellBudget } from '#adapters/local/tables/cell-budget.ts';
import { type ColumnKind, type RequestedColumn } from '#adapters/local/tables/column-kind.ts';
import { eachRow, requireColumn, type InputTable } from '#adapters/local/tables/input-table.ts';
import { chosenReader } from '#adapters/local/times/chosen-reader.ts';
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
 * resource, or those that the options name for them.
 * @throws InputError if a column is missing or a cell is invalid.
 */
export async function readFootprintFile(
  table: InputTable,
  { into, budget }: RowTarget,
  options: FileOptions,
): Promise<void> {
  const columns = await wantedColumns(table, options);
  const at = (name: string) =>
    columns.findIndex((column) => column.name === columnOf(options, name));
  const [idAt, timeAt, typeAt] = [at('application_id'), at('timestamp'), at('application_type')];
  if (idAt < 0) options.use.mark('application');
  const simulatedAt = at(SIMULATED_COLUMN);
  const resourceAt = RESOURCES.map(at);
  const factors = RESOURCES.map((resource) => options.units[resource]?.factor ?? 1);
  const amounts = new Float64Array(RESOURCES.length);
  await eachRow(table, { columns, budget }, (row) => {
    const rows = rowsOfApplication(
      into,
      idAt < 0 ? options.application! : row.text(idAt)!,
      table.file,
    );
    if (typeAt >= 0) rows.applicationType = row.text(typeAt) ?? rows.applicationType;
    if (simulatedAt >= 0 && isTrue(row.text(simulatedAt))) rows.isSimulated = true;
    for (let r = 0; r < amounts.length; r++) {
      amounts[r] = resourceAt[r]! >= 0 ? row.number(resourceAt[r]!) * factors[r]! : NaN;
    }
    rows.add(row.number(timeAt), amounts);
  });
}

/** The file's name of a footprint column. */
function columnOf({ columns }: FileOptions, name: string): string {
  return columns.get(name) ?? name;
}

async function wantedColumns(
  table: InputTable,
  options: FileOptions,
): Promise<readonly RequestedColumn[]> {
  const optional = (wanted: string, kind: ColumnKind): readonly RequestedColumn[] => {
    const name = columnOf(options, wanted);
    return table.columns.includes(name) ? [{ name, kind }] : [];
  };
  const [id, time] = [columnOf(options, 'application_id'), columnOf(options, 'timestamp')];
  const isNamed = options.application !== null && !options.columns.has('application_id');
  if (!isNamed) requireColumn(table, id, '--map application_id=COLUMN or --application NAME');
  requireColumn(table, time, '--map timestamp=COLUMN');
  for (const [column, name] of options.columns) {
    requireColumn(table, name);
    options.use.mark(`map ${column}`);
  }
  const resources = RESOURCES.flatMap((resource) => optional(resource, 'amount'));
  for (const resource of RESOURCES) {
    if (table.columns.includes(columnOf(options, resource))) options.use.mark(`unit ${resource}`);
  }
  if (resources.length === 0) {
    const hint = `the file has ${table.columns.join(', ')}; --map cpu=COLUMN names one`;
    const problem = `has none of the columns ${RESOURCES.join(', ')}; ${hint}`;
    throw new InputError({ file: table.file, problem });
  }
  return [
    ...(isNamed ? optional('application_id', 'text') : [{ name: id, kind: 'text' as const }]),
    { name: time, kind: chosenReader(await table.first(time), options) },
    ...resources,
    ...optional('application_type', 'optional-text'),
    ...optional(SIMULATED_COLUMN, 'optional-text'),
  ];
}
