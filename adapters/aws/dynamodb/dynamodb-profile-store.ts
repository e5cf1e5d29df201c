import { keepParsed } from '#adapters/encoding/keep-parsed.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import { upgradeProfile } from '#core/domain/upgrade-profile.ts';
import { readClusters, replaceClusters } from './cluster-generation.ts';
import { documentAttributes, documentOf, profileDocument, storedBody } from './document-body.ts';
import { getItem } from './get-item.ts';
import { putItemIf } from './put-item.ts';
import { partitionItems, queryItems } from './query-items.ts';
import { keyText, numberOf } from './read-attribute.ts';
import { readableItems, type OnUnreadable } from './readable-items.ts';
import {
  expiry,
  instantKey,
  itemKey,
  listPartition,
  listPartitions,
  type DynamodbTable,
  type Item,
} from './table-schema.ts';

export interface DynamodbProfileOptions extends DynamodbTable {
  /** Days after which entries of the allocation log expire; null keeps them. */
  readonly logRetentionDays: number | null;
  /**
   * Called for profiles and clusters that a list omits. Without it, one unreadable item makes the
   * list fail.
   */
  readonly onUnreadable?: OnUnreadable;
}

export const PROFILE_LIST = 'profiles';

/** Parsed entries of the log that are kept: those that monitoring compares 150 groups with. */
const KEPT_ENTRIES = 2048;

const profileOf = (item: Item): ApplicationProfile =>
  upgradeProfile(profileDocument<ApplicationProfile>(item, 'applicationId'));

/**
 * Profiles and the allocation log in a DynamoDB table: one item per profile, written on the
 * condition of its version, and one item per decision. Every method except the two lists takes one
 * call unless a condition fails.
 */
export function createDynamodbProfileStore(options: DynamodbProfileOptions): ProfileStore {
  const entries = new Map<string, AllocationDecision>();
  const keptProfile = keepParsed<ApplicationProfile>();

  /** Monitoring reads a decision again for an hour, and the entry of an instant never changes. */
  function entryOf(item: Item): AllocationDecision {
    const key = keyText(item);
    const known = entries.get(key);
    if (known) return known;
    const entry = documentOf<AllocationDecision>(item);
    const [oldest] = entries.keys();
    if (entries.size >= KEPT_ENTRIES && oldest !== undefined) entries.delete(oldest);
    entries.set(key, entry);
    return entry;
  }

  return {
    async application(applicationId) {
      const item = await getItem(options, profileKey(applicationId));
      return item && keptProfile(storedBody(item), () => profileOf(item));
    },

    async applications() {
      const pages = listPartitions(PROFILE_LIST).map((list) => partitionItems(options, list));
      const items = (await Promise.all(pages)).flat();
      return readableItems(items, profileOf, options.onUnreadable).toSorted((a, b) =>
        a.applicationId < b.applicationId ? -1 : 1,
      );
    },

    putApplication: (profile) => putProfile(options, profile),
    clusters: () => readClusters(options, options.onUnreadable),
    putClusters: (clusters) => replaceClusters(options, clusters),
    logAllocation: (decision) => logOnce(options, decision),

    async allocationLog(applicationId, limit) {
      const items = await queryItems(options, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: logPartition(applicationId) } },
        ScanIndexForward: false,
        limit,
      });
      return items.map(entryOf);
    },
  };
}

function profileKey(applicationId: string): Item {
  return itemKey(listPartition(PROFILE_LIST, applicationId), applicationId);
}

async function putProfile(
  table: DynamodbTable,
  profile: ApplicationProfile,
): Promise<ApplicationProfile> {
  const { applicationId, version } = profile;
  const next = { ...profile, version: version + 1 };
  const key = profileKey(applicationId);
  const item = { ...key, ...documentAttributes(next), version: { N: String(next.version) } };
  if (await putItemIf(table, item, profile)) return next;
  const stored = await getItem(table, key);
  throw new VersionConflict(applicationId, version, stored ? numberOf(stored, 'version') : 0);
}

/** Partition of an application's allocation log. */
export function logPartition(applicationId: string): string {
  return `log#${applicationId}`;
}

/** The first entry of an instant is never overwritten. */
async function logOnce(
  options: DynamodbProfileOptions,
  decision: AllocationDecision,
): Promise<void> {
  const { applicationId, decidedAtSeconds } = decision;
  const item = {
    ...itemKey(logPartition(applicationId), instantKey(decidedAtSeconds)),
    ...documentAttributes(decision),
    ...expiry(decidedAtSeconds, options.logRetentionDays),
  };
  await putItemIf(options, item, { version: 0 });
}
