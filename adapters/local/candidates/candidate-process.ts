import { fork, type ChildProcess } from 'node:child_process';
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
}

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
  { loadMs, forecastMs }: CandidateLimits,
): Promise<CandidateProcess> {
  const child = fork(FILE, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  // `close` ends the process. Until then the pending request keeps this process alive.
  const ask = oneByOne(child);
  try {
    await ask(null, START_MS);
    const loaded = await ask({ kind: 'load', onnx }, loadMs);
    if (loaded.kind !== 'loaded') throw new Error(`an answer of another kind: ${loaded.kind}`);
    const metadata: ModelMetadata = loaded.metadata;
    return {
      metadata,
      forecast: async (history, originsSeconds) => {
        const answer = await ask({ kind: 'forecast', history, originsSeconds }, forecastMs);
        if (answer.kind !== 'forecast') {
          throw new Error(`an answer of another kind: ${answer.kind}`);
        }
        return answer.quantiles;
      },
      close: () => void child.kill('SIGKILL'),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

type Ask = (request: CandidateRequest | null, limitMs: number) => Promise<CandidateAnswer>;

/** Requests wait for each other, so that a time limit only counts the file's own work. */
function oneByOne(child: ChildProcess): Ask {
  let previous: Promise<unknown> = Promise.resolve();
  let ended: string | null = null;
  child.on('exit', (_code, signal) => (ended ??= `its process ended (${signal ?? 'by itself'})`));
  child.on('error', (error) => (ended ??= error.message));

  const ask: Ask = (request, limitMs) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(new Error(ended));
      const settle = (): void => {
        clearTimeout(timer);
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
      const timer = setTimeout(() => {
        ended = `it took longer than ${limitMs / 1000} s`;
        child.kill('SIGKILL');
        fail();
      }, limitMs);
      child.on('message', take).on('exit', fail).on('error', fail);
      if (request !== null) child.send(request, (error) => error && fail());
    });

  return (request, limitMs) => {
    const answer = previous.then(() => ask(request, limitMs));
    previous = answer.catch(() => undefined);
    return answer;
  };
}
