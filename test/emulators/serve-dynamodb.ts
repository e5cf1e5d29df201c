import type { IncomingMessage } from 'node:http';
import dynalite from 'dynalite';
import { closeServer } from './close-server.ts';
import { listen } from './listen.ts';
import type { Served } from './served.ts';

export interface ServedDynamodb extends Served {
  /** Names of the operations asked for so far, in order. */
  readonly actions: string[];
}

/** DynamoDB without transactions (dynalite), tables in the memory of this process. */
export async function serveDynamodb(): Promise<ServedDynamodb> {
  const actions: string[] = [];
  const server = dynalite({ createTableMs: 0 });
  server.on('request', ({ headers }: IncomingMessage) => {
    actions.push(String(headers['x-amz-target']).split('.')[1] ?? '');
  });
  return { endpoint: await listen(server), actions, close: () => closeServer(server) };
}
