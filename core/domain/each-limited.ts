/** What became of one piece of work. */
export interface Failure<T> {
  readonly item: T;
  readonly cause: unknown;
}

/**
 * Works on all items, `limit` at a time, and returns those that failed: one that fails does not stop the others.
 * The order in which items begin is theirs.
 */
export async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<readonly Failure<T>[]> {
  const failures: Failure<T>[] = [];
  const queue = items.values();
  const worker = async () => {
    // The workers share one iterator, so each item is taken once.
    for (const item of queue) {
      await work(item).catch((cause: unknown) => failures.push({ item, cause }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return failures;
}
