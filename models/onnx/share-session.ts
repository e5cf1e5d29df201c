/** A resource with native memory. */
export interface Releasable {
  release(): Promise<void>;
}

/** A resource that several callers use at the same time. It can be freed between two uses. */
export interface SharedSession<T> {
  /** Runs with the resource. Opens it again if it was released. */
  use<R>(run: (open: T) => Promise<R>): Promise<R>;
  /** Frees the resource when no caller uses it. */
  release(): Promise<void>;
}

/** @param open opens the resource, also again after a release. */
export function shareSession<T extends Releasable>(
  first: T,
  open: () => Promise<T>,
): SharedSession<T> {
  let current: Promise<T> | null = Promise.resolve(first);
  let users = 0;
  let releasing = false;

  const freeIfUnused = async (): Promise<void> => {
    if (!releasing || users > 0 || current === null) return;
    const unused = current;
    current = null;
    releasing = false;
    await (await unused).release();
  };

  return {
    use: async (run) => {
      users++;
      try {
        return await run(await (current ??= open()));
      } finally {
        users--;
        await freeIfUnused();
      }
    },
    release: () => {
      releasing = current !== null;
      return freeIfUnused();
    },
  };
}
