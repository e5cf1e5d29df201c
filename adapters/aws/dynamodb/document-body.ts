import { gunzipSync, gzipSync } from 'node:zlib';
import { jsonBody, parseBody } from '#adapters/encoding/json-body.ts';
import { ItemFormatError } from './item-error.ts';
import { bytesOf, keyText, requireFormat } from './read-attribute.ts';
import { FORMAT, type Item } from './table-schema.ts';

/**
 * A document as attributes of an item: JSON, compressed, because a write is paid by the kilobyte and a decision of
 * 1.5 kB becomes 0.6 kB. gzip, so that people can read an item with everyday tools.
 * @throws RangeError where a number is not finite.
 */
export function documentAttributes(document: unknown): Item {
  return { format: { N: String(FORMAT) }, body: { B: gzipSync(jsonBody(document)) } };
}

/**
 * The document of an item as this store wrote it.
 * @throws ItemFormatError if it was written in another layout.
 */
export function documentOf<T>(item: Item): T {
  requireFormat(item);
  const body = bytesOf(item, 'body');
  try {
    return parseBody<T>(gunzipSync(body).toString('utf8'));
  } catch (cause) {
    throw new ItemFormatError(keyText(item), 'a body that is no compressed JSON', { cause });
  }
}
