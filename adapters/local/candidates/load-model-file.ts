import {
  loadForecaster,
  readEntries,
  readMetadata,
  type Forecaster,
} from '#models/onnx/onnx-forecaster.ts';
import { loadModel } from '#models/stored/load-model.ts';
import {
  startCandidate,
  type CandidateLimits,
  type CandidateProcess,
} from './candidate-process.ts';
import { hasForeignGraph } from './foreign-graph.ts';

/** As for candidates: a model needs far less. */
const LIMITS: CandidateLimits = { loadMs: 20_000, forecastMs: 5_000, isModelFile: true };

/**
 * Loads a model file of the store for decisions: by its definition if it carries one.
 * @throws UnusableModel, or Error with a reason for users.
 */
export function loadModelFile(
  bytes: Uint8Array,
  limits: CandidateLimits = LIMITS,
): Promise<Forecaster> {
  return loadModel(bytes, (graph) => loadModelGraph(graph, limits));
}

/**
 * Loads the graph of a model file of the store. A graph of others in it stays in a process of its
 * own, with limits of time and memory, for as long as it is used: it kept the rules while it
 * competed, and may break them later.
 * @throws UnusableModel, or Error with a reason for users.
 */
export async function loadModelGraph(
  bytes: Uint8Array,
  limits: CandidateLimits = LIMITS,
): Promise<Forecaster> {
  if (!hasForeignGraph(bytes)) return loadForecaster(bytes);
  const metadata = readMetadata(readEntries(bytes));
  let running: Promise<CandidateProcess> | null = null;
  const start = (): Promise<CandidateProcess> => (running ??= startCandidate(bytes, limits));
  const release = async (): Promise<void> => {
    const started = running;
    running = null;
    await started?.then(
      (candidate) => candidate.close(),
      () => undefined,
    );
  };
  await start();
  return {
    metadata,
    release,
    forecast: async (...request) => {
      try {
        return await (await start()).forecast(...request);
      } catch (error) {
        // The next forecast may succeed in a new process.
        await release();
        throw error;
      }
    },
  };
}
