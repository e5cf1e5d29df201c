import { createServer } from 'node:http';
import { closeServer } from './close-server.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';
import type { Served } from './served.ts';

export interface ServedSlack extends Served {
  /** Texts posted so far. */
  readonly posted: string[];
}

/** An incoming webhook of Slack: takes `{"text": …}` and answers `ok`. */
export async function serveSlack(): Promise<ServedSlack> {
  const posted: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      posted.push((JSON.parse(body.toString('utf8')) as { readonly text: string }).text);
      response.writeHead(200).end('ok');
    });
  });
  return { endpoint: await listen(server), posted, close: () => closeServer(server) };
}
