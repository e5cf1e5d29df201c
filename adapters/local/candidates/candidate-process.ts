import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelMetadata } from '#models/onnx/model-metadata.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import type { CandidateAnswer, CandidateRequest } from './candidate-message.ts';

const FILE = fileURLToPath(new URL('../../../bin/candidate.js', import.meta.url));

/** A busy machine can take seconds to start a process, which is not the file's fault. */
const START_MS = 60_000;

export interface CandidateLimits {
  /** Time limit for loading the file and exporting it as part of another. */
  readonly loadMs: number;
  /** Time limit for one request of a few dozen forecasts. */
  readonly forecastMs: number;
  /** Memory that its process may take, in bytes; `LARGEST_MEMORY` where absent. */
  readonly memoryBytes?: number;
  /** True for a file of the store, which is not built into another; false where absent. */
  readonly isModelFile?: boolean;
}

/** The process takes some 200 MB by itself. */
export const LARGEST_MEMORY = 2 * 1024 ** 3;

/** A model file in its own process: a faulty file cannot crash or block this process. */
export interface CandidateProcess extends Pick<Forecaster, 'metadata' | 'forecast'> {
  close(): void;
}

/**
 * Loads a file in a new process. If a request takes too long or the process ends, this request and
 * all later ones fail with the reason: only the end of its process stops ONNX Runtime.
 * @throws Error with a reason for users.
 */
export async function startCandidate(
  onnx: Uint8Array,
  { loadMs, forecastMs, memoryBytes = LARGEST_MEMORY, isModelFile = false }: CandidateLimits,
): Promise<CandidateProcess> {
  const child = fork(FILE, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  // `close` ends the process. Until then the pending request keeps this process alive.
  const ask = oneByOne(child, memoryBytes);
  const kill = (): void => void child.kill('SIGKILL');
  // While ONNX Runtime works in it, it does not see that this process has ended.
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  try {
    await ask(null, START_MS);
    const loaded = await ask({ kind: 'load', onnx, isModelFile }, loadMs);
    if (loaded.kind !== 'loaded') throw new Error(`an answer of another kind: ${loaded.kind}`);
    const metadata: ModelMetadata = loaded.metadata;
    return {
      metadata,
      forecast: async (history, originsSeconds, stepsAhead) => {
        const request = { kind: 'forecast', history, originsSeconds, stepsAhead } as const;
        const answer = await ask(request, forecastMs);
        if (answer.kind !== 'forecast') {
          throw new Error(`an answer of another kind: ${answer.kind}`);
        }
        return answer.quantiles;
      },
      close: kill,
    };
  } catch (error) {
    kill();
    throw error;
  }
}

/** How often the memory of a process at work is looked at. */
const WATCH_MS = 100;

const PAGE_BYTES = 4096;

/** Memory that a process takes (proc(5), statm); 0 where the system does not say. */
function residentBytes({ pid }: ChildProcess): number {
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return Number(pages) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

/**
 * Processor time that a process has used (proc(5), stat), in ms; endless where the system does not
 * say.
 */
function processorMs({ pid }: ChildProcess): number {
  try {
    // The name of the program, in parentheses, may contain spaces.
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/);
    const [user = NaN, system = NaN] = fields.split(' ').slice(11, 13).map(Number);
    return Number.isNaN(user + system) ? Infinity : (user + system) * TICK_MS;
  } catch {
    return Infinity;
  }
}

const TICK_MS = 10;

/** A process that a busy machine leaves without a processor gets this many times its limit. */
const PATIENCE = 20;

type Ask = (request: CandidateRequest | null, limitMs: number) => Promise<CandidateAnswer>;

/** Requests wait for each other, so that a time limit only counts the file's own work. */
function oneByOne(child: ChildProcess, memoryBytes: number): Ask {
  let previous: Promise<unknown> = Promise.resolve();
  let ended: string | null = null;
  child.on('exit', (_code, signal) => (ended ??= `its process ended (${signal ?? 'by itself'})`));
  child.on('error', (error) => (ended ??= error.message));

  const ask: Ask = (request, limitMs) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(new Error(ended));
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off('message', take).off('exit', fail).off('error', fail);
      };
      const fail = (): void => {
        settle();
        reject(new Error(ended ?? 'its process ended'));
      };
      // Only our own program writes to the channel.
      const take = (answer: CandidateAnswer): void => {
        settle();
        if (answer.kind === 'failed') reject(new Error(answer.reason));
        else resolve(answer);
      };
      const end = (reason: string): void => {
        ended ??= reason;
        child.kill('SIGKILL');
        fail();
      };
      const usedBefore = processorMs(child);
      let waitedMs = limitMs;
      // At its limit a file that works has used about as much processor time.
      const atLimit = (): void => {
        const isStarved = processorMs(child) - usedBefore < limitMs / 2;
        if (!isStarved || waitedMs >= PATIENCE * limitMs) {
          return end(`it took longer than ${limitMs / 1000} s`);
        }
        waitedMs += WATCH_MS;
        timer = setTimeout(atLimit, WATCH_MS);
      };
      let timer = setTimeout(atLimit, limitMs);
      const watch = setInterval(() => {
        if (residentBytes(child) > memoryBytes) {
          end(`it took more than ${Math.round(memoryBytes / 1024 ** 2)} MB of memory`);
        }
      }, WATCH_MS);
      child.on('message', take).on('exit', fail).on('error', fail);
      if (request !== null) child.send(request, (error) => error && fail());
    });

  return (request, limitMs) => {
    const answer = previous.then(() => ask(request, limitMs));
    previous = answer.catch(() => undefined);
    return answer;
  };
}
