import { expect, it } from 'vitest';
import { cellBudget } from '#adapters/local/tables/cell-budget.ts';
import { eachRow, type InputTable } from '#adapters/local/tables/input-table.ts';
import { inputErrorOf } from '#test/adapters/local/input-files.ts';

/** A table of pieces with so many rows, which count the visits of a piece. */
function tableOf(pieceRows: readonly number[]) {
  let visited = 0;
  const table: InputTable = {
    file: 'large.csv',
    columns: ['a', 'b'],
    first: async () => null,
    async *pieces() {
      for (const rows of pieceRows) yield { rows, each: () => void visited++ };
    },
  };
  return { table, visited: () => visited };
}

const columns = [
  { name: 'a', kind: 'text' },
  { name: 'b', kind: 'number' },
] as const;

it('a file with more cells than memory is for is refused before they are taken', async () => {
  const { table, visited } = tableOf([20e6, 25e6, 10e6]);
  const read = eachRow(table, { columns, budget: cellBudget(100e6) }, () => undefined);
  expect((await inputErrorOf(read)).message).toBe(
    'large.csv: more than 100 million cells in the columns that are read; split it and read the parts',
  );
  expect(visited()).toBe(2);
});

it('files share a budget', async () => {
  const budget = cellBudget(60);
  const read = () => eachRow(tableOf([20]).table, { columns, budget }, () => undefined);
  await read();
  await inputErrorOf(read());
});
