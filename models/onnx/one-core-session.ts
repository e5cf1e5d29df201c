import type { InferenceSession } from 'onnxruntime-node';

/**
 * Runs a graph on one core. Many small forecasts or trainings run side by side, so more threads per
 * graph would only wait for each other. The order of floating-point sums is then also fixed.
 */
export const ONE_CORE_SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};
