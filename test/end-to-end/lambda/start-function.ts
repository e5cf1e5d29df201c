import { spawn } from 'node:child_process';
import type { LambdaRuntime } from './lambda-runtime.ts';
import { serveRuntimeApi } from './serve-runtime-api.ts';

export interface FunctionCode {
  readonly name: string;
  /** Where the asset lies, in the place of /var/task. */
  readonly directory: string;
  /** Directories of layers, in the place of /opt. */
  readonly layers: readonly string[];
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** One instance of a function, between a cold start and its end. */
export interface RunningFunction {
  /**
   * From the start of the process to its first request for an event: Node, the client, and the
   * function's imports.
   */
  readonly initMs: number;
  /** @throws FunctionError */
  invoke(event: object): Promise<unknown>;
  /** What it wrote so far. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a function the way Lambda does: a process of Lambda's Node with AWS's runtime interface
 * client and the environment that Lambda documents, and nothing else to be found – neither this
 * project's modules nor its environment.
 */
export async function startFunction(
  runtime: LambdaRuntime,
  code: FunctionCode,
): Promise<RunningFunction> {
  const api = await serveRuntimeApi();
  const log: string[] = [];
  const startedAt = performance.now();
  const child = spawn(runtime.node, [runtime.client, code.handler], {
    cwd: code.directory,
    env: { ...lambdaVariables(code, api.address), ...code.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log.push(text));
  }
  child.once('error', (error) => api.fail(error));
  child.once('exit', (status) => {
    api.fail(new Error(`${code.name} ended with status ${status}: ${log.join('').slice(-2000)}`));
  });
  await api.started;
  return {
    initMs: performance.now() - startedAt,
    log,
    invoke: (event) => api.invoke(event, code.timeoutMs),
    async stop() {
      child.kill('SIGKILL');
      await ended;
      api.close();
    },
  };
}

/** AWS Lambda Developer Guide, "Defined runtime environment variables". */
function lambdaVariables(code: FunctionCode, address: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin/:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: code.directory,
    NODE_PATH: code.layers.map((layer) => `${layer}/nodejs/node_modules`).join(':'),
    AWS_LAMBDA_RUNTIME_API: address,
    _HANDLER: code.handler,
    AWS_LAMBDA_FUNCTION_NAME: code.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(code.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
}
