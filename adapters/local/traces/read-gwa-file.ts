import type { CellBudget } from '#adapters/local/tables/cell-budget.ts';
import {
  eachRow,
  requireColumn,
  type InputRow,
  type InputTable,
} from '#adapters/local/tables/input-table.ts';
import { isInCalendar } from '#adapters/local/times/calendar-range.ts';
import type { TimeReader } from '#adapters/local/times/time-reader.ts';
import type { ApplicationRows } from './application-rows.ts';

/** GWA-T-12 uses KB. Its memory sizes are powers of two only if 1 KB is 1,024 bytes. */
const BYTES_PER_KB = 1024;
/**
 * The header says ms, but the published files contain seconds. As seconds this value is the year
 * 5138, as milliseconds 1973.
 */
const FIRST_MILLISECONDS = 1e11;

/** First column of every GWA-T-12 file, in lower case like all column names. */
export const GWA_TIME_COLUMN = 'timestamp [ms]';

const CELLS = {
  time: GWA_TIME_COLUMN,
  cores: 'cpu cores',
  provisionedMhz: 'cpu capacity provisioned [mhz]',
  usedMhz: 'cpu usage [mhz]',
  memoryKb: 'memory usage [kb]',
  diskReadKb: 'disk read throughput [kb/s]',
  diskWriteKb: 'disk write throughput [kb/s]',
  receivedKb: 'network received throughput [kb/s]',
  transmittedKb: 'network transmitted throughput [kb/s]',
} as const;
type Cell = keyof typeof CELLS;
const CELL_NAMES = Object.keys(CELLS) as Cell[];

/**
 * Adds the rows of one file of the Grid Workloads Archive trace GWA-T-12 (Shen, van Beek, Iosup,
 * CCGrid 2015): cpu = cores × MHz used ÷ MHz provisioned, memory in use, disk read + written,
 * network received + transmitted.
 * @throws InputError if a column is missing or a cell is invalid.
 */
export async function readGwaFile(
  table: InputTable,
  { rows, budget }: { readonly rows: ApplicationRows; readonly budget: CellBudget },
): Promise<void> {
  for (const cell of CELL_NAMES) requireColumn(table, CELLS[cell]);
  const columns = CELL_NAMES.map((cell) => ({
    name: CELLS[cell],
    // The time must be present and not negative; any other cell may be missing.
    kind: cell === 'time' ? UNIX_TIME : ('amount' as const),
  }));
  await eachRow(table, { columns, budget }, (row) => rows.add(row.number(0), amountsOf(row)));
}

const UNIX_TIME: TimeReader = {
  kind: 'time',
  read(text) {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    const seconds = value >= FIRST_MILLISECONDS ? value / 1000 : value;
    return isInCalendar(seconds) ? seconds : NaN;
  },
  problem: (quoted) => `${quoted} is not a Unix time in whole seconds or milliseconds`,
};

/** In the order of RESOURCES; NaN if one of the required cells is missing. */
function amountsOf(row: InputRow): readonly number[] {
  const value = (cell: Cell) => row.number(CELL_NAMES.indexOf(cell));
  const provisioned = value('provisionedMhz');
  return [
    // Without provisioned capacity the machine was off or its reading failed: usage is unknown.
    provisioned > 0 ? (value('cores') * value('usedMhz')) / provisioned : NaN,
    value('memoryKb') * BYTES_PER_KB,
    (value('diskReadKb') + value('diskWriteKb')) * BYTES_PER_KB,
    (value('receivedKb') + value('transmittedKb')) * BYTES_PER_KB,
  ];
}
