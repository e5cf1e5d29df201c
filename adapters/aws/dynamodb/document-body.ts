import { gunzipSync, gzipSync } from 'node:zlib';
import { jsonBody, parseBody } from '#adapters/encoding/json-body.ts';
import type { StoredBody } from '#adapters/encoding/keep-parsed.ts';
import { requireProfile } from '#adapters/encoding/require-profile.ts';
import { ItemFormatError } from './item-error.ts';
import { bytesOf, keyText, requireFormat } from './read-attribute.ts';
import { FORMAT, type Item } from './table-schema.ts';

/**
 * A document as attributes of an item: JSON, compressed because DynamoDB charges writes per
 * kilobyte. The format is gzip, so that standard tools can read an item.
 * @throws RangeError if a number is not finite.
 */
export function documentAttributes(document: unknown): Item {
  return { format: { N: String(FORMAT) }, body: { B: gzipSync(jsonBody(document)) } };
}

/**
 * Reads the document of an item that this store wrote.
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

/**
 * The document of an item as it is stored.
 * @throws ItemFormatError if it was written in another layout.
 */
export function storedBody(item: Item): StoredBody {
  requireFormat(item);
  return { key: keyText(item), body: bytesOf(item, 'body') };
}

/**
 * Reads the document of a profile.
 * @throws ItemFormatError if it was written in another layout, or is no profile.
 */
export function profileDocument<T>(item: Item, id: 'applicationId' | 'clusterId'): T {
  const document = documentOf<T>(item);
  try {
    return requireProfile(document, id);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ItemFormatError(keyText(item), problem, { cause });
  }
}
