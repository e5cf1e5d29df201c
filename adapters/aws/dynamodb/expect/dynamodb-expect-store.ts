import { documentAttributes, documentOf } from '../document-body.ts';
import { getItem } from '../get-item.ts';
import { putItem } from '../put-item.ts';
import { itemKey, type DynamodbTable } from '../table-schema.ts';

/** What the tags of all groups say of use to come, for functions that read no groups. */
export interface ExpectStore<T> {
  /** Null where nothing was ever written. */
  read(): Promise<T | null>;
  write(tagged: T): Promise<void>;
}

const KEY = itemKey('expect', 'tags');

/**
 * One document, in the table of profiles.
 * @throws TableError, ItemFormatError from its methods.
 */
export function createDynamodbExpectStore<T>(table: DynamodbTable): ExpectStore<T> {
  return {
    async read() {
      const item = await getItem(table, KEY);
      return item === null ? null : documentOf<T>(item);
    },
    async write(tagged) {
      await putItem(table, { ...KEY, ...documentAttributes(tagged) });
    },
  };
}
