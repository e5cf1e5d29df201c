/**
 * Optional column of a footprint trace: `true` in every row that was simulated. A column survives
 * every reader and every conversion between CSV and Parquet, which a comment or the metadata of a
 * file does not.
 */
export const SIMULATED_COLUMN = 'simulated';

/** Whether a cell of the column says so; Parquet's boolean reads as the same text. */
export function isTrue(cell: string | null): boolean {
  return cell?.toLowerCase() === 'true';
}
