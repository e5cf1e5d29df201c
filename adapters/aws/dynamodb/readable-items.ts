import { ItemFormatError } from './item-error.ts';
import type { Item } from './table-schema.ts';

/** Told of an item in a list that cannot be read. */
export type OnUnreadable = (error: ItemFormatError) => void;

/**
 * What a list's items say. An item that cannot be read is reported and left out, so that one poisoned application does
 * not stop all others; without anybody to report to it is thrown.
 * @throws ItemFormatError
 */
export function readableItems<T>(
  items: readonly Item[],
  read: (item: Item) => T,
  onUnreadable?: OnUnreadable,
): readonly T[] {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (!(error instanceof ItemFormatError) || !onUnreadable) throw error;
      onUnreadable(error);
      return [];
    }
  });
}
