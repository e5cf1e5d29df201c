import { ItemFormatError } from './item-error.ts';
import { FORMAT, PARTITION_KEY, SORT_KEY, type Item } from './table-schema.ts';

/** @throws ItemFormatError if the attribute is missing or not a number. */
export function numberOf(item: Item, name: string): number {
  const value = Number(item[name]?.N ?? NaN);
  if (Number.isNaN(value)) throw new ItemFormatError(keyText(item), `no number "${name}"`);
  return value;
}

/** @throws ItemFormatError if the attribute is missing or not text. */
export function textOf(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new ItemFormatError(keyText(item), `no text "${name}"`);
  return value;
}

/** @throws ItemFormatError if the attribute is missing or not binary. */
export function bytesOf(item: Item, name: string): Uint8Array {
  const value = item[name]?.B;
  if (value === undefined) throw new ItemFormatError(keyText(item), `no bytes "${name}"`);
  return value;
}

/** @throws ItemFormatError if the item was written in another layout. */
export function requireFormat(item: Item): void {
  const format = item['format']?.N;
  if (format !== String(FORMAT)) throw new ItemFormatError(keyText(item), `format ${format}`);
}

export function keyText(item: Item): string {
  return `${item[PARTITION_KEY]?.S ?? '?'} / ${item[SORT_KEY]?.S ?? '?'}`;
}
