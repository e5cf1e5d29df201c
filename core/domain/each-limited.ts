/** An item whose work failed. */
export interface Failure<T> {
  readonly item: T;
  readonly cause: unknown;
}

/**
 * Runs `work` on all items, at most `limit` at a time, and returns the failures. A failure does not
 * stop the other items. Items are started in their order.
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
