/**
 * Preloaded by bench/serve/keda-latency.ts into a server of any version: answers every message of
 * the parent with how late timers of the serving thread were since the message before, in ms.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION_MS = 5;

if (isMainThread && process.send !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  process.on('message', () => {
    // The time between two timers, of which the first milliseconds are the wait that was asked for.
    const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    process.send({
      p50: late(delays.percentile(50)),
      p99: late(delays.percentile(99)),
      max: late(delays.max),
    });
    delays.reset();
  });
  process.channel?.unref();
}
