import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createTimestreamClients } from '#adapters/aws/timestream/create-timestream-clients.ts';
import { createTimestreamHistoryStore } from '#adapters/aws/timestream/timestream-history-store.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import { configuration, environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { CALL_LIMITS } from './call-limits.ts';
import { dynamodb, reportUnreadable } from './dynamodb.ts';
import { traced } from './instruments.ts';

const place = required(environment, 'FOREPRINT_HISTORY');

/**
 * The history store of this deployment. The bundler knows which one it is and leaves the other's
 * client out, so the variable is read here and nowhere else.
 */
export const history: HistoryStore =
  process.env['FOREPRINT_HISTORY_STORE'] === 'timestream' ? openTimestream() : openDynamodb();

function openDynamodb(): HistoryStore {
  const retentionDays = configuration.historyDays;
  return createDynamodbHistoryStore({
    client: dynamodb,
    table: place,
    retentionDays,
    onUnreadable: reportUnreadable,
  });
}

function openTimestream(): HistoryStore {
  const [database = '', table = ''] = place.split('/');
  const region = process.env['AWS_REGION'] ?? '';
  const { write, query } = createTimestreamClients({ region, ...CALL_LIMITS });
  const clients = { write: traced(write), query: traced(query) };
  return createTimestreamHistoryStore({ ...clients, database, table, nowMs: () => Date.now() });
}
