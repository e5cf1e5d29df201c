import type { CommandContext } from '#cli/context/command-context.ts';

/** Where nobody says how wide the terminal is, as in a pipe. */
const USUAL_WIDTH = 100;
const LEAST_WIDTH = 60;

/** Columns that output may take. */
export function widthOf({ columns = USUAL_WIDTH }: Pick<CommandContext, 'columns'>): number {
  return Math.max(LEAST_WIDTH, columns);
}
