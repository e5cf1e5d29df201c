import {
  RejectedRecordsException,
  WriteRecordsCommand,
  type RejectedRecord,
} from '@aws-sdk/client-timestream-write';
import { eachLimited } from '#core/domain/each-limited.ts';
import { reasonOf, type UnstoredPoints } from '#core/domain/history-write-error.ts';
import { commonAttributes, type PointRecord } from './point-records.ts';
import type { TimestreamTable } from './timestream-table.ts';

/** Most records that Timestream accepts in one call. */
export const BATCH_RECORDS = 100;
const CONCURRENT_BATCHES = 8;

/**
 * Writes records in batches of 100 and returns those that are not stored. A record that Timestream
 * rejects because it already has a newer version counts as stored: another writer corrected the
 * point later.
 */
export async function writeRecords(
  table: TimestreamTable,
  records: readonly PointRecord[],
  version: number,
): Promise<readonly UnstoredPoints[]> {
  const batches: (readonly PointRecord[])[] = [];
  for (let at = 0; at < records.length; at += BATCH_RECORDS) {
    batches.push(records.slice(at, at + BATCH_RECORDS));
  }
  const unstored: UnstoredPoints[] = [];
  await eachLimited(batches, CONCURRENT_BATCHES, async (batch) => {
    unstored.push(...(await writeBatch(table, batch, version)));
  });
  return unstored;
}

async function writeBatch(
  { write, database, table }: TimestreamTable,
  batch: readonly PointRecord[],
  version: number,
): Promise<readonly UnstoredPoints[]> {
  try {
    await write.send(
      new WriteRecordsCommand({
        DatabaseName: database,
        TableName: table,
        CommonAttributes: commonAttributes(version),
        Records: batch.map(({ record }) => record),
      }),
    );
    return [];
  } catch (cause) {
    if (!(cause instanceof RejectedRecordsException)) return unstoredBatch(batch, cause);
    // The other records of the batch were stored.
    return (cause.RejectedRecords ?? [])
      .filter(({ ExistingVersion: existing }) => existing === undefined || existing <= version)
      .map((rejected) => rejection(batch, rejected, cause));
  }
}

function unstoredBatch(batch: readonly PointRecord[], cause: unknown): readonly UnstoredPoints[] {
  const ids = new Set(batch.map(({ applicationId }) => applicationId));
  const reason = reasonOf(cause);
  return [...ids].map((applicationId) => ({ applicationId, atSeconds: null, reason, cause }));
}

function rejection(
  batch: readonly PointRecord[],
  { RecordIndex: index = -1, Reason: reason = 'no reason given' }: RejectedRecord,
  cause: unknown,
): UnstoredPoints {
  const point = batch[index];
  return {
    applicationId: point?.applicationId ?? `record ${index}`,
    atSeconds: point?.timestampSeconds ?? null,
    reason,
    cause,
  };
}
