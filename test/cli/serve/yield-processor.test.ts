import { getPriority } from 'node:os';
import { platform } from 'node:process';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

it.skipIf(platform !== 'linux')('lowers the priority of its own thread alone', async () => {
  const file = new URL('../../../cli/serve/yield-processor.ts', import.meta.url).href;
  const code = `
    const { getPriority } = require('node:os');
    const { parentPort } = require('node:worker_threads');
    import('tsx/esm/api')
      .then(({ register }) => register())
      .then(() => import(${JSON.stringify(file)}))
      .then(({ yieldProcessor }) => {
        yieldProcessor();
        parentPort.postMessage(getPriority(0));
      });
  `;
  const before = getPriority(0);
  const worker = new Worker(code, { eval: true });
  const lowered = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  expect(lowered).toBe(Math.min(19, before + 10));
  expect(getPriority(0)).toBe(before);
});
