import type { Server } from 'node:http';

/** Ends a server at once, open connections included. */
export function closeServer(server: Server): void {
  server.closeAllConnections();
  server.close();
}
