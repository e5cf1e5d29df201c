import dynalite from 'dynalite';
import { closeServer } from './close-server.ts';
import { listen } from './listen.ts';
import type { Served } from './served.ts';

/** DynamoDB without transactions (dynalite), tables in the memory of this process. */
export async function serveDynamodb(): Promise<Served> {
  const server = dynalite({ createTableMs: 0 });
  return { endpoint: await listen(server), close: () => closeServer(server) };
}
