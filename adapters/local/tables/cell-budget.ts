import { InputError } from '#adapters/local/input-error.ts';

/** Counts the cells that a command takes into memory. */
export interface CellBudget {
  /** @throws InputError if the file exceeds what is left. */
  take(file: string, cells: number): void;
}

/**
 * Memory grows with the cells that are read, so a file that does not fit is refused with a reason.
 * Without this, the system would end the process in the middle of the work.
 * @param most cells over all files that share the budget.
 */
export function cellBudget(most: number): CellBudget {
  let left = most;
  return {
    take(file, cells) {
      left -= cells;
      if (left >= 0) return;
      const size = `${(most / 1e6).toFixed(0)} million cells in the columns that are read`;
      throw new InputError({ file, problem: `more than ${size}; split it and read the parts` });
    },
  };
}
