import type { Server } from 'node:http';

/** Lets the server listen on a free port of the loopback interface; gives its address. */
export async function listen(server: Server): Promise<string> {
  // A test that computes for longer than this would find its connection closed.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return `http://127.0.0.1:${address.port}`;
}
