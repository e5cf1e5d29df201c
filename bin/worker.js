/** What a worker thread of the command line runs, see cli/worker-tasks/worker.ts. */
import { load } from './load.js';

export const { train, replay, forecast, plan } = await load(
  'cli/worker-tasks/worker.ts',
  'worker.js',
);
