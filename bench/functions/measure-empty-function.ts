import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LambdaRuntime } from '#test/end-to-end/lambda/lambda-runtime.ts';
import { startFunction } from '#test/end-to-end/lambda/start-function.ts';

/** What Node and the runtime interface client take to start a function that does nothing, in ms. */
export async function measureEmptyFunction(
  runtime: LambdaRuntime,
  directory: string,
  rounds: number,
): Promise<readonly number[]> {
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'index.js'), 'exports.handler = async () => null;');
  const starts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const instance = await startFunction(runtime, {
      name: 'empty',
      directory,
      layers: [],
      handler: 'index.handler',
      memoryMb: 1769,
      timeoutMs: 1000,
      variables: {},
    });
    starts.push(instance.initMs);
    await instance.stop();
  }
  return starts;
}
