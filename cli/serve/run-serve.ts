import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { createAdaptorServer } from '@hono/node-server';
import type { CommandContext } from '#cli/context/command-context.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { createProgress } from '#cli/progress/create-progress.ts';
import { loadSettings } from '#cli/settings/load-settings.ts';
import { withStore } from '#cli/store/with-store.ts';
import { createApp } from './create-app.ts';
import { createLiveState } from './live-state.ts';
import type { ServeOptions } from './serve-options.ts';
import type { ThreadMessage } from './thread-message.ts';

const LOOP_FILE = new URL('../../bin/serve-loop.js', import.meta.url);

/** Serves until Ctrl-C: requests in this thread, the loop in another. */
export async function runServe(
  context: CommandContext,
  options: ServeOptions,
  version: string,
): Promise<void> {
  const { clock, signal } = context;
  const settings = await loadSettings(options.config, options.calendar);
  const token = options.tokenFile === undefined ? null : await readToken(options.tokenFile);
  // A store that cannot be used, or that another process has, should be known at once.
  await withStore(
    { directory: options.store, signal, waitSeconds: options.wait },
    async () => null,
  );
  const startedAtSeconds = clock.nowSeconds();
  const state = createLiveState({
    startedAtSeconds,
    intervalAtSeconds: null,
    stepSeconds: settings.stepSeconds,
    intervals: 0,
    failedIntervals: 0,
    failures: [],
    source: options.prometheusUrl ?? 'this host',
  });
  const worker = new Worker(LOOP_FILE, { workerData: options });
  const ended = once(worker, 'exit');
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  const progress = createProgress(context, options);
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'fleet') state.replace(message.fleet);
    else progress.note(message.text);
  });
  const app = createApp({
    state,
    clock,
    token,
    version,
    use: () => ({ residentBytes: process.memoryUsage.rss(), startedAtSeconds }),
    again: () => worker.postMessage('again'),
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening').catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(`cannot listen on ${options.host}: ${reason}`, { cause });
    });
    context.print(`serving on http://${addressText(server.address())}`);
    await Promise.race([failed, ended, untilAborted(signal)]);
  } finally {
    worker.postMessage('stop');
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await ended;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

function addressText(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${host}:${address.port}`;
}

async function readToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--token-file: ${file} cannot be read`, { cause });
  });
  const token = text.trim();
  if (token === '') throw new UsageError(`--token-file: ${file} is empty`);
  return token;
}
