/** What the loop's thread of `foreprint serve` runs, see cli/serve/loop-thread.ts. */
import { load } from './load.js';

const { runLoopThread } = await load('cli/serve/loop-thread.ts', 'serve-loop.js');
await runLoopThread();
