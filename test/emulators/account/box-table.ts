import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { BoxItem } from './dynamodb-condition.ts';

/** A table of an account in a box. */
export interface BoxTable {
  get(key: BoxItem): BoxItem | undefined;
  /** Stores an item under its own key. */
  put(item: BoxItem): void;
  delete(key: BoxItem): void;
  /** Items of a partition by their sort key. */
  partition(value: string): readonly BoxItem[];
}

interface Partition {
  /** In order of the sort keys, which stand beside. */
  readonly items: BoxItem[];
  readonly sorts: string[];
}

/** @param keys names of the partition key and of the sort key where there is one; both are text. */
export function createBoxTable([partitionKey, sortKey]: readonly [string, string?]): BoxTable {
  const partitions = new Map<string, Partition>();
  const find = (key: BoxItem) => {
    const partition = partitions.get(textOf(key[partitionKey]));
    const sort = sortKey === undefined ? '' : textOf(key[sortKey]);
    const at = partition === undefined ? 0 : firstNotBefore(partition.sorts, sort);
    return { partition, sort, at, isThere: partition?.sorts[at] === sort };
  };
  return {
    get(key) {
      const { partition, at, isThere } = find(key);
      return isThere ? partition?.items[at] : undefined;
    },
    put(item) {
      const { partition, sort, at, isThere } = find(item);
      if (partition === undefined) {
        partitions.set(textOf(item[partitionKey]), { items: [item], sorts: [sort] });
      } else {
        partition.items.splice(at, isThere ? 1 : 0, item);
        partition.sorts.splice(at, isThere ? 1 : 0, sort);
      }
    },
    delete(key) {
      const { partition, at, isThere } = find(key);
      if (!isThere) return;
      partition?.items.splice(at, 1);
      partition?.sorts.splice(at, 1);
    },
    partition: (value) => partitions.get(value)?.items ?? [],
  };
}

function textOf(value: AttributeValue | undefined): string {
  if (value?.S === undefined) throw new TypeError('a key that is no text');
  return value.S;
}

/** Index of the first text that is not before another one. */
function firstNotBefore(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
