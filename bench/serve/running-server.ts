import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const PRELOADED = join(import.meta.dirname, 'event-loop-delay.js');

export const delays = z.object({ p50: z.number(), p99: z.number(), max: z.number() });
export type Delays = z.output<typeof delays>;

/** A `foreprint serve` that is ready. */
export interface RunningServer {
  readonly url: string;
  /** How late timers of the serving thread were since the last call, in ms. */
  eventLoopDelay(): Promise<Delays>;
  /** Reads a path; milliseconds until the answer was there, and its text. */
  get(path: string): Promise<{ readonly ms: number; readonly text: string }>;
  /** Begins an interval at once. */
  again(): Promise<void>;
  /** Holds the whole process, so that it leaves the machine to another one. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/**
 * Starts the server of a checkout and waits for its first decisions.
 * @param words options of `serve`, with a token file whose content is `token`.
 */
export async function startServer(
  checkout: string,
  words: readonly string[],
  token: string,
): Promise<RunningServer> {
  const bin = join(checkout, 'bin/foreprint.js');
  const child = spawn(
    process.execPath,
    ['--import', PRELOADED, bin, 'serve', '--port', '0', ...words],
    { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended')));
    child.stdout?.on('data', (text: Buffer) => {
      const [found] = /http:\S+/.exec(text.toString()) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  // An autoscaler keeps its connections, and a client that costs little measures the server.
  const agent = new Agent({ keepAlive: true });
  const ask = (path: string, method: string) =>
    new Promise<{ readonly ms: number; readonly text: string }>((resolve, reject) => {
      const from = performance.now();
      const headers = { authorization: `Bearer ${token}` };
      request(`${url}${path}`, { agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ ms: performance.now() - from, text }));
        response.on('error', reject);
      })
        .on('error', reject)
        .end();
    });
  while ((await fetch(`${url}/readyz`)).status !== 200) await delay(500);
  return {
    url,
    async eventLoopDelay() {
      const answer = once(child, 'message');
      child.send('delays');
      const [found] = (await answer) as readonly unknown[];
      return delays.parse(found);
    },
    get: (path) => ask(path, 'GET'),
    again: () => ask('/v1/interval', 'POST').then(() => undefined),
    pause() {
      // The server closes what is idle as soon as it goes on.
      agent.destroy();
      child.kill('SIGSTOP');
    },
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      agent.destroy();
    },
  };
}
