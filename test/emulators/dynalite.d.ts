declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** An in-memory DynamoDB behind an HTTP server that does not listen yet. */
  function dynalite(options?: {
    readonly createTableMs?: number;
    readonly maxItemSizeKb?: number;
  }): Server;
  export = dynalite;
}
