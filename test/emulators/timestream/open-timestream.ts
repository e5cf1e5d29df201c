import { afterAll, beforeAll } from 'vitest';
import { createTimestreamClients } from '#adapters/aws/timestream/create-timestream-clients.ts';
import type { TimestreamTable } from '#adapters/aws/timestream/timestream-table.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';
import type { Served } from '#test/emulators/served.ts';
import { serveTimestream, type TimestreamState } from './serve-timestream.ts';

export interface EmulatedTimestream extends TimestreamState {
  /** A table of a new name; Timestream's tables are made by whoever deploys. */
  open(): TimestreamTable;
}

/** Rows of a page: few, so that every test reads several pages. */
const PAGE_ROWS = 5;
const DATABASE = 'foreprint "test"';

/** Serves Timestream's wire protocol while the tests of this file run. */
export function openTimestream(): EmulatedTimestream {
  const state: TimestreamState = {
    calls: [],
    faults: [],
    oldestSeconds: -Infinity,
    pageRows: PAGE_ROWS,
  };
  let server: Served;
  let clients: ReturnType<typeof createTimestreamClients>;
  let opened = 0;
  beforeAll(async () => {
    server = await serveTimestream(state);
    const { endpoint } = server;
    clients = createTimestreamClients({ ...LOOPBACK_CREDENTIALS, endpoint, maxAttempts: 1 });
  });
  afterAll(() => {
    clients.write.destroy();
    clients.query.destroy();
    server.close();
  });
  return Object.assign(state, {
    open: () => ({ ...clients, database: DATABASE, table: `history-${opened++}` }),
  });
}
