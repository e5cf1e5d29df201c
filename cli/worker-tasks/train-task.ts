import { loadModelGraph } from '#adapters/local/candidates/load-model-file.ts';
import { trainerInProcess } from '#core/training/train-in-process.ts';

/** Trains in this thread. A file of others is asked in a process of its own, with limits. */
export const trainTask = trainerInProcess(() => undefined, loadModelGraph);
