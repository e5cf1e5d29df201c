import type { ShiftWidth } from './shift-size.ts';

/** Blocks that the shortest new level consists of, where it has as many steps. */
const BLOCKS = 3;

/** Steps of a block: a whole number of blocks makes a season. */
export function blockSize({ season, least }: ShiftWidth): number {
  let size = Math.max(1, Math.floor(least / BLOCKS));
  while (season > 1 && season % size !== 0) size--;
  return size;
}

/** Means of the blocks that end with the last value; what is left at the start is left out. */
export function blockMeans(values: Float64Array, size: number): Float64Array {
  if (size === 1) return values;
  const blocks = new Float64Array(Math.floor(values.length / size));
  let at = values.length - blocks.length * size;
  for (let block = 0; block < blocks.length; block++) {
    let sum = 0;
    for (const end = at + size; at < end; at++) sum += values[at];
    blocks[block] = sum / size;
  }
  return blocks;
}
