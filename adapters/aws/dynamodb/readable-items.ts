import { ItemFormatError } from './item-error.ts';
import type { Item } from './table-schema.ts';

/** Called for every item of a list that cannot be read. */
export type OnUnreadable = (error: ItemFormatError) => void;

/**
 * Reads the items of a list. An unreadable item is reported and omitted, so that one damaged item
 * does not stop all other applications. Without `onUnreadable` its error is thrown.
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
