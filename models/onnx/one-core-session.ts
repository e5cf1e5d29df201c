import type { InferenceSession } from 'onnxruntime-node';

/**
 * One graph on one core: many small forecasts or trainings run side by side, so threads within one only wait for each other, and
 * the sum of floats is always in the same order.
 */
export const ONE_CORE_SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};
