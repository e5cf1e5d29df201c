/** What a worker thread of the command line runs, see tasks/worker.ts. */
import { load } from './load.js';

export const { train, replay, forecast, plan } = await load('tasks/worker.ts', 'worker.js');
