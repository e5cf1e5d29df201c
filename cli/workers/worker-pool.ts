import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { untilInterrupted } from '#cli/context/interruption.ts';

/** Threads that run the tasks of bin/worker.js. */
export interface WorkerPool {
  readonly size: number;
  /** @throws whatever the task throws, or that the pool was closed. */
  run<T>(task: WorkerTask, input: unknown): Promise<T>;
  close(): Promise<void>;
}

export type WorkerTask = 'train' | 'replay' | 'forecast' | 'plan';

const WORKER_FILE = new URL('../../bin/worker.js', import.meta.url).href;

/** @param workers number of threads; one per processor unless told. */
function createWorkerPool(workers?: number): WorkerPool {
  const size = workers ?? availableParallelism();
  const piscina = new Piscina({
    filename: WORKER_FILE,
    minThreads: 1,
    maxThreads: size,
    // A thread that waits keeps its compiled code.
    idleTimeout: 60_000,
    // Tasks wait for ONNX Runtime, which answers through the event loop.
    atomics: 'disabled',
  });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const running = new Set<Promise<unknown>>();
  return {
    size,
    async run(task, input) {
      const result = piscina.run({ input, stop }, { name: task });
      running.add(result);
      return result.finally(() => running.delete(result));
    },
    async close() {
      // A thread must not end while ONNX Runtime works in it: that takes the whole process down.
      Atomics.store(stop, 0, 1);
      await Promise.allSettled(running);
      await piscina.destroy();
    },
  };
}

/** Runs work that needs a pool and closes the pool whatever happens. */
export async function withWorkerPool<T>(
  { signal, workers }: { readonly signal: AbortSignal; readonly workers?: number | undefined },
  work: (pool: WorkerPool) => Promise<T>,
): Promise<T> {
  const pool = createWorkerPool(workers);
  try {
    return await untilInterrupted(signal, work(pool));
  } finally {
    await pool.close();
  }
}
