/** The user pressed Ctrl-C, or the process received a signal to end. */
export class Interruption extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interruption';
  }
}

/**
 * Returns the result of the work, or throws an Interruption as soon as the signal aborts. The work
 * itself may continue; the owner of its store or workers closes them.
 */
export async function untilInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: interrupted, reject } = withRejection();
  const onAbort = () => reject(new Interruption());
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([interrupted, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function withRejection(): {
  readonly promise: Promise<never>;
  readonly reject: (error: Error) => void;
} {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
