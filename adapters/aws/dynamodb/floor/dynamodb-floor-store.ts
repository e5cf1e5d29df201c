import type { FloorRecord, FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';
import { documentAttributes, documentOf } from '../document-body.ts';
import { getItem } from '../get-item.ts';
import { putItemIf } from '../put-item.ts';
import { partitionItems } from '../query-items.ts';
import { numberOf, textOf } from '../read-attribute.ts';
import { readableItems, type OnUnreadable } from '../readable-items.ts';
import {
  expiry,
  FLOOR_LIST,
  itemKey,
  listPartition,
  listPartitions,
  SORT_KEY,
  type DynamodbTable,
  type Item,
} from '../table-schema.ts';

/** Days for which a record is kept after the owner's minimum was given back. */
const GIVEN_BACK_DAYS = 1;

export interface DynamodbFloorOptions extends DynamodbTable {
  /** Called for records that `all` omits. Without it, one of them makes it fail. */
  readonly onUnreadable?: OnUnreadable;
}

/**
 * What is remembered of groups whose minimum was changed, in the table of profiles.
 * @throws TableError, ItemFormatError from its methods.
 */
export function createDynamodbFloorStore(options: DynamodbFloorOptions): FloorStore {
  return {
    async read(applicationId) {
      const item = await getItem(options, keyOf(applicationId));
      return item === null ? null : recordOf(item);
    },

    async all() {
      const pages = await Promise.all(
        listPartitions(FLOOR_LIST).map((partition) => partitionItems(options, partition)),
      );
      const entryOf = (item: Item) => [textOf(item, SORT_KEY), recordOf(item)] as const;
      return new Map(readableItems(pages.flat(), entryOf, options.onUnreadable));
    },

    write(applicationId, { version, ...record }) {
      const item = {
        ...keyOf(applicationId),
        ...documentAttributes(record),
        version: { N: String(version + 1) },
        ...(!record.isRaised && expiry(record.readAtSeconds, GIVEN_BACK_DAYS)),
      };
      return putItemIf(options, item, { version });
    },
  };
}

const keyOf = (applicationId: string): Item =>
  itemKey(listPartition(FLOOR_LIST, applicationId), applicationId);

function recordOf(item: Item): FloorRecord {
  return { ...documentOf<Omit<FloorRecord, 'version'>>(item), version: numberOf(item, 'version') };
}
