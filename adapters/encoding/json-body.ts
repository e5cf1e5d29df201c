/**
 * JSON text of a stored document.
 * @throws RangeError if a number is not finite: JSON.stringify would silently write null.
 */
export function jsonBody(document: unknown): string {
  requireFinite(document, '');
  return JSON.stringify(document ?? null);
}

/** Before, and not in a replacer: a function called for every value keeps V8 from its fast path. */
function requireFinite(value: unknown, key: string): void {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw new RangeError(`${key} must be a finite number to be stored, not ${value}`);
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let k = 0; k < value.length; k++) requireFinite(value[k], String(k));
  } else {
    for (const [name, part] of Object.entries(value)) requireFinite(part, name);
  }
}

/**
 * Parses a document that this store wrote. The schema version of the store guarantees its shape.
 */
export function parseBody<T>(body: unknown): T {
  return JSON.parse(String(body)) as T;
}
