/**
 * Runs `work` on every item, at most `width` at a time, and hands the results over in the order of
 * the items, as soon as all before them are there. The first failure ends it.
 */
export async function eachInParallel<T, R>(
  items: readonly T[],
  { width, work }: { readonly width: number; readonly work: (item: T) => Promise<R> },
  take: (result: R, index: number) => Promise<void> | void,
): Promise<void> {
  const running: Promise<R>[] = [];
  for (let next = 0, taken = 0; taken < items.length; taken++) {
    while (next < items.length && next - taken < width) {
      const started = work(items[next++]!);
      // Its failure is thrown when its turn comes; until then nobody is waiting for it.
      started.catch(() => undefined);
      running.push(started);
    }
    await take(await running.shift()!, taken);
  }
}
