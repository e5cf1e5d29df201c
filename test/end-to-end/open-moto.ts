import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { listen } from '#test/emulators/listen.ts';
import { readBody } from '#test/emulators/read-body.ts';

/** moto's server (PyPI: moto[server]): the path of its command, where the tests are to run against it. */
const MOTO = process.env['MOTO_SERVER'] ?? '';
export const hasMoto = MOTO !== '';

export interface EmulatedAws {
  readonly endpoint: string;
  /** Bodies of the requests that complete a lifecycle action, which moto does not know. */
  readonly completed: URLSearchParams[];
}

const COMPLETED =
  '<CompleteLifecycleActionResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">' +
  '<CompleteLifecycleActionResult/></CompleteLifecycleActionResponse>';

/** Headers that belong to one connection. */
const OF_THE_CONNECTION = /^(host|connection|content-length|transfer-encoding)$/;

/** Starts moto before the tests of this file, behind a server that answers what moto lacks. */
export function openMoto(): () => EmulatedAws {
  const port = 20_000 + (process.pid % 20_000);
  const moto = `http://127.0.0.1:${port}`;
  const completed: URLSearchParams[] = [];
  const server = createServer((message, response) => {
    void forward().catch((error: unknown) => response.writeHead(502).end(String(error)));
    async function forward(): Promise<void> {
      const body = await readBody(message);
      const form = new URLSearchParams(body.toString('latin1'));
      if (form.get('Action') === 'CompleteLifecycleAction') {
        completed.push(form);
        response.writeHead(200, { 'content-type': 'text/xml' }).end(COMPLETED);
        return;
      }
      const headers = Object.entries(message.headers)
        .filter(([name]) => !OF_THE_CONNECTION.test(name))
        .map(([name, value]) => [name, String(value)] as [string, string]);
      const method = message.method ?? 'POST';
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const answer = await fetch(moto + message.url, {
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
  });
  let endpoint = '';
  let child: ReturnType<typeof spawn> | undefined;
  beforeAll(async () => {
    child = spawn(MOTO, ['-p', String(port)], { stdio: 'ignore' });
    endpoint = await listen(server);
    for (let attempt = 0; attempt < 100; attempt++) {
      if (
        await fetch(moto).then(
          () => true,
          () => false,
        )
      )
        return;
      await sleep(100);
    }
    throw new Error('moto did not start');
  });
  afterAll(() => {
    child?.kill();
    server.closeAllConnections();
    server.close();
  });
  return () => ({ endpoint, completed });
}
