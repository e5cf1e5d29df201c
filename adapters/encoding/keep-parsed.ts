/** A stored document as it lies in its store. */
export interface StoredBody {
  readonly key: string;
  readonly body: Uint8Array;
}

/** Most documents that are kept: of as many groups as functions keep models of. */
const KEPT_DOCUMENTS = 512;

/**
 * Keeps what documents were read to, by their keys. A body that is what it was is not unpacked and
 * parsed again: decisions read a profile every few minutes, and trainings change it once a day.
 * Documents are shared, so nobody may change one.
 * @returns the kept document of a body, or else what `read` makes of it, whose errors it throws.
 */
export function keepParsed<T>(
  most: number = KEPT_DOCUMENTS,
): (stored: StoredBody, read: () => T) => T {
  const kept = new Map<string, { readonly body: Uint8Array; readonly document: T }>();
  return ({ key, body }, read) => {
    const known = kept.get(key);
    if (known && Buffer.compare(known.body, body) === 0) return known.document;
    const document = read();
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    kept.set(key, { body, document });
    return document;
  };
}
