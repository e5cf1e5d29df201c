/**
 * JSON text of a stored document.
 * @throws RangeError if a number is not finite: JSON.stringify would silently write null.
 */
export function jsonBody(document: unknown): string {
  return JSON.stringify(document ?? null, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new RangeError(`${key} must be a finite number to be stored, not ${value}`);
    }
    return value;
  });
}

/**
 * Parses a document that this store wrote. The schema version of the store guarantees its shape.
 */
export function parseBody<T>(body: unknown): T {
  return JSON.parse(String(body)) as T;
}
