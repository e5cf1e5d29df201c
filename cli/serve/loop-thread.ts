import { parentPort, workerData } from 'node:worker_threads';
import { abortableSleep } from '#adapters/local/host/abortable-sleep.ts';
import type { ServeOptions } from '#cli/serve/serve-options.ts';
import { loadSettings, namesStep } from '#cli/settings/load-settings.ts';
import { poolTrainer } from '#cli/work/pool-trainer.ts';
import { withWorkerPool } from '#cli/workers/worker-pool.ts';
import { createCollect } from './create-collect.ts';
import { serveLoop } from './serve-loop.ts';
import type { ThreadMessage } from './thread-message.ts';
import { yieldProcessor } from './yield-processor.ts';

/** Runs the loop in a thread of its own, so that no answer waits for a forecast. */
export async function runLoopThread(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file runs in a thread');
  yieldProcessor();
  const stop = new AbortController();
  let wake = new AbortController();
  port.on('message', (message: 'stop' | 'again') => {
    if (message === 'stop') stop.abort();
    wake.abort();
  });
  // Only bin/serve.js starts this thread, with what the command parsed.
  const options = workerData as ServeOptions;
  const post = (message: ThreadMessage): void => port.postMessage(message);
  const print = (text: string): void => post({ kind: 'note', text });
  const clock = { nowSeconds: () => Date.now() / 1000 };
  const { signal } = stop;
  const settings = await loadSettings(options.config, options.calendar);
  const isStepGiven = await namesStep(options.config);
  try {
    await withWorkerPool({ signal, workers: options.workers }, async (pool) => {
      const { source, collect } = await createCollect(options, { clock, signal, print, settings });
      await serveLoop({
        directory: options.store,
        settings,
        isStepGiven,
        clock,
        signal,
        async sleep(seconds) {
          await abortableSleep(seconds * 1000, AbortSignal.any([signal, wake.signal]));
          wake = new AbortController();
        },
        source,
        collect,
        trainer: poolTrainer(pool),
        publish: (fleet) => post({ kind: 'fleet', fleet }),
        print,
      });
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    port.close();
  }
}
