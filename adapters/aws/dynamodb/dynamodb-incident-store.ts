import { keepParsed } from '#adapters/encoding/keep-parsed.ts';
import type { ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { parseControllerState } from '#core/controller/parse-controller-state.ts';
import type { Incident } from '#core/domain/incident.ts';
import { documentAttributes, documentOf, storedBody } from './document-body.ts';
import { getItem } from './get-item.ts';
import { putItem } from './put-item.ts';
import { queryItems } from './query-items.ts';
import { expiry, instantKey, itemKey, type DynamodbTable } from './table-schema.ts';

export interface DynamodbIncidentOptions extends DynamodbTable {
  /**
   * Days for which an ended incident is stored; null keeps it forever. Open incidents never expire.
   */
  readonly retentionDays: number | null;
}

const STATE = 'state';

/**
 * The controller's state and incidents in a DynamoDB table. Incidents are written first and the
 * state last, because only the state advances monitoring to the next interval. If a save is
 * interrupted, the interval is observed again from the old state, and the same incidents overwrite
 * themselves. Nothing is lost, without a transaction.
 */
export function createDynamodbIncidentStore(options: DynamodbIncidentOptions): IncidentStore {
  const keptState = keepParsed<ControllerState>();
  return {
    async state(applicationId) {
      const item = await getItem(options, itemKey(monitoringPartition(applicationId), STATE));
      return (
        item && keptState(storedBody(item), () => parseControllerState(documentOf<unknown>(item)))
      );
    },

    async save(applicationId, state, changed) {
      await Promise.all(changed.map((incident) => putIncident(options, applicationId, incident)));
      const key = itemKey(monitoringPartition(applicationId), STATE);
      await putItem(options, { ...key, ...documentAttributes(state) });
    },

    async incidents(applicationId) {
      const items = await queryItems(options, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :incident)',
        ExpressionAttributeValues: {
          ':pk': { S: monitoringPartition(applicationId) },
          ':incident': { S: 'incident#' },
        },
      });
      return items.map((item) => documentOf<Incident>(item));
    },
  };
}

/** Partition of an application's state and incidents. */
export function monitoringPartition(applicationId: string): string {
  return `monitoring#${applicationId}`;
}

async function putIncident(
  options: DynamodbIncidentOptions,
  applicationId: string,
  incident: Incident,
): Promise<void> {
  const { startSeconds, endSeconds, resource } = incident;
  const sort = `incident#${instantKey(startSeconds)}#${resource}`;
  await putItem(options, {
    ...itemKey(monitoringPartition(applicationId), sort),
    ...documentAttributes(incident),
    ...(endSeconds !== null && expiry(endSeconds, options.retentionDays)),
  });
}
