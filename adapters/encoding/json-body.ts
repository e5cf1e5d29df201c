/**
 * JSON text of a stored document.
 * @throws RangeError where a number is not finite: JSON would silently make null of it.
 */
export function jsonBody(document: unknown): string {
  return JSON.stringify(document ?? null, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new RangeError(`${key} must be a finite number to be stored, not ${value}`);
    }
    return value;
  });
}

/** A document as this store wrote it; its shape is guaranteed by the schema version of the store. */
export function parseBody<T>(body: unknown): T {
  return JSON.parse(String(body)) as T;
}
