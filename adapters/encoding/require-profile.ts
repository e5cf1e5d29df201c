/** Throws an Error that says so where a document has not the parts that every profile has. */
export function requireProfile<T>(document: T, id: 'applicationId' | 'clusterId'): T {
  const parts: Readonly<Record<string, unknown>> = isRecord(document) ? document : {};
  const isWhole = typeof parts[id] === 'string' && isRecord(parts['predictiveModel']);
  if (!isWhole) throw new Error(`a document without ${id} or predictiveModel`);
  return document;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
