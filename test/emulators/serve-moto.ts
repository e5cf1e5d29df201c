import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer } from './close-server.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';
import type { Served } from './served.ts';

/**
 * moto's server (PyPI: moto[server]): the path of its command, where the tests are to run against
 * it.
 */
const MOTO = process.env['MOTO_SERVER'] ?? '';
export const hasMoto = MOTO !== '';

export interface ServedMoto extends Served {
  /** The requests that complete a lifecycle action, which moto does not know. */
  readonly completed: URLSearchParams[];
  /** Names of the actions asked for so far, in order; of S3 the method. */
  readonly actions: string[];
}

const COMPLETED =
  '<CompleteLifecycleActionResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">' +
  '<CompleteLifecycleActionResult/></CompleteLifecycleActionResponse>';

/** Headers that belong to one connection. */
const OF_THE_CONNECTION = /^(host|connection|content-length|transfer-encoding)$/;

/**
 * Starts moto behind a server that answers CompleteLifecycleAction, which moto lacks.
 * @param variables moto's own, for example the tasks that services run.
 */
export async function serveMoto(
  variables: Readonly<Record<string, string>> = {},
): Promise<ServedMoto> {
  const port = await freePort();
  const moto = `http://127.0.0.1:${port}`;
  const child = spawn(MOTO, ['-p', port], {
    stdio: 'ignore',
    env: { ...process.env, ...variables },
  });
  const completed: URLSearchParams[] = [];
  const actions: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const form = new URLSearchParams(body.toString('latin1'));
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    actions.push(form.get('Action') ?? target ?? request.method ?? '');
    if (form.get('Action') === 'CompleteLifecycleAction') {
      completed.push(form);
      return void response.writeHead(200, { 'content-type': 'text/xml' }).end(COMPLETED);
    }
    await forward(moto, { request, body, response });
  }

  const endpoint = await listen(server);
  const close = () => {
    child.kill();
    closeServer(server);
  };
  await untilAnswered(moto, child).catch((error: unknown) => {
    close();
    throw error;
  });
  return { endpoint, completed, actions, close };
}

/** moto takes no port 0, so one is asked for and given back. */
async function freePort(): Promise<string> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  closeServer(server);
  return port;
}

async function forward(
  to: string,
  exchange: { request: IncomingMessage; body: Buffer; response: ServerResponse },
): Promise<void> {
  const { request, body, response } = exchange;
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OF_THE_CONNECTION.test(name))
    .map(([name, value]) => [name, String(value)] as [string, string]);
  const method = request.method ?? 'POST';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const answer = await fetch(to + request.url, {
    method,
    headers,
    ...(hasBody && { body: new Uint8Array(body) }),
  });
  const known = [...answer.headers].filter(
    // fetch has decoded the body.
    ([name]) => name !== 'content-encoding' && !OF_THE_CONNECTION.test(name),
  );
  response
    .writeHead(answer.status, Object.fromEntries(known))
    .end(Buffer.from(await answer.arrayBuffer()));
}

/** As long as it takes: the time limit of the tests ends what never answers. */
async function untilAnswered(address: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const answered = await fetch(address).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (child.exitCode !== null) throw new Error(`moto ended with status ${child.exitCode}`);
    await sleep(100);
  }
}
