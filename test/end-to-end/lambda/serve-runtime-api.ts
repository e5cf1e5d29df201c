import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { closeServer } from '#test/emulators/close-server.ts';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';

export interface RuntimeApi {
  /** Host and port, as AWS_LAMBDA_RUNTIME_API has them. */
  readonly address: string;
  /**
   * Resolves when the function first asks for an event; rejects when it says that it could not
   * start.
   */
  readonly started: Promise<void>;
  /**
   * Hands an event to the function.
   * @returns what the function answers.
   * @throws FunctionError with what it failed with.
   */
  invoke(event: object, timeoutMs: number): Promise<unknown>;
  /** Everything that waits for the function fails. */
  fail(error: Error): void;
  close(): void;
}

/** A function failed; the name and the message are its own. */
export class FunctionError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

interface Invocation {
  readonly id: string;
  readonly event: object;
  readonly deadlineMs: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const PATH =
  /^\/2018-06-01\/runtime\/(?:init|invocation\/(?<id>[^/]+))\/?(?<what>response|error)?$/;
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:foreprint';

/**
 * Lambda's Runtime API (AWS Lambda Developer Guide, "Using the Lambda runtime API") for one
 * instance of a function: the runtime interface client asks for the next event, and posts the
 * answer or the error.
 */
export async function serveRuntimeApi(): Promise<RuntimeApi> {
  const queue: Invocation[] = [];
  const atWork = new Map<string, Invocation>();
  let start: () => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  const started = new Promise<void>((resolve, reject) => {
    start = resolve;
    refuse = reject;
  });
  // Whoever waits for it is told; nobody has to.
  started.catch(() => undefined);
  let idle: ServerResponse | null = null;

  function handOver(): void {
    if (idle === null) return;
    const invocation = queue.shift();
    if (invocation === undefined) return;
    atWork.set(invocation.id, invocation);
    idle.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.deadlineMs),
      'lambda-runtime-invoked-function-arn': ARN,
      'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0',
    });
    idle.end(JSON.stringify(invocation.event));
    idle = null;
  }

  function fail(error: Error): void {
    refuse(error);
    for (const { reject } of [...queue.splice(0), ...atWork.values()]) reject(error);
    atWork.clear();
  }

  function settle(id: string | undefined, what: string, body: string): void {
    const content: unknown = JSON.parse(body || 'null');
    const invocation = atWork.get(id ?? '');
    if (what === 'response') invocation?.resolve(content);
    else if (invocation) invocation.reject(functionError(content));
    else fail(functionError(content));
    atWork.delete(id ?? '');
  }

  const server = createServer((request, response) => {
    void answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
    async function answer(): Promise<void> {
      const { id, what } = PATH.exec(request.url ?? '')?.groups ?? {};
      if (id === 'next') {
        idle = response;
        start();
        return handOver();
      }
      const body = (await readBody(request)).toString('utf8');
      if (what === undefined) return void response.writeHead(404).end();
      settle(id, what, body);
      response.writeHead(202).end('{"status":"OK"}');
    }
  });

  return {
    address: new URL(await listen(server)).host,
    started,
    invoke(event, timeoutMs) {
      return new Promise((resolve, reject) => {
        const deadlineMs = Date.now() + timeoutMs;
        queue.push({ id: randomUUID(), event, deadlineMs, resolve, reject });
        handOver();
      });
    },
    fail,
    close: () => closeServer(server),
  };
}

function functionError(content: unknown): FunctionError {
  const { errorType = 'Error', errorMessage = '' } = (content ?? {}) as {
    readonly errorType?: string;
    readonly errorMessage?: string;
  };
  return new FunctionError(errorType, errorMessage);
}
