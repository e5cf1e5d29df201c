import { randomUUID } from 'node:crypto';
import { eachLimited } from '#core/domain/each-limited.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { upgradeProfile } from '#core/domain/upgrade-profile.ts';
import { deleteItems } from './delete-items.ts';
import { documentAttributes, profileDocument } from './document-body.ts';
import { getItem } from './get-item.ts';
import { WriteContention } from './item-error.ts';
import { putItem, putItemIf } from './put-item.ts';
import { partitionItems } from './query-items.ts';
import { numberOf, requireFormat, textOf } from './read-attribute.ts';
import { readableItems, type OnUnreadable } from './readable-items.ts';
import { FORMAT, itemKey, type DynamodbTable, type Item } from './table-schema.ts';

/** Replacements that one read may collide with; clusters are replaced every few hours. */
const MAX_ATTEMPTS = 5;
const CONCURRENT_WRITES = 8;
const POINTER = itemKey('clusters', 'current');

/** One complete set of clusters. Its items have their own partition. */
interface Generation {
  readonly name: string;
  readonly clusters: number;
}

/**
 * Reads the clusters of the current generation, sorted by identifier. If a replacement deletes
 * items between the two reads, fewer items are found than the pointer states, and the pointer is
 * read again.
 * @param onUnreadable called for clusters that are omitted. Without it, one unreadable cluster
 * makes the read fail.
 * @throws WriteContention if that happened in every attempt.
 */
export async function readClusters(
  table: DynamodbTable,
  onUnreadable?: OnUnreadable,
): Promise<readonly ClusterProfile[]> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const current = await currentGeneration(table);
    if (!current) return [];
    const items = await partitionItems(table, generationPartition(current.name));
    if (items.length === current.clusters) {
      return readableItems(items, clusterOf, onUnreadable).toSorted((a, b) =>
        a.clusterId < b.clusterId ? -1 : 1,
      );
    }
  }
  throw new WriteContention('clusters / current', MAX_ATTEMPTS);
}

const clusterOf = (item: Item): ClusterProfile =>
  upgradeProfile(profileDocument<ClusterProfile>(item, 'clusterId'));

/**
 * Writes the clusters as a new generation, then switches the pointer in one write, then deletes the
 * replaced generation. Readers see the old clusters or the new ones, never a mixture, without a
 * transaction. Items that a crash leaves behind before the pointer is switched are never read.
 */
export async function replaceClusters(
  table: DynamodbTable,
  clusters: readonly ClusterProfile[],
): Promise<void> {
  const next = { name: randomUUID(), clusters: clusters.length };
  const failures = await eachLimited(clusters, CONCURRENT_WRITES, (cluster) =>
    putCluster(table, next.name, cluster),
  );
  const [failure] = failures;
  if (failure) {
    await removeGeneration(table, next.name);
    throw failure.cause;
  }
  const replaced = await pointTo(table, next);
  if (replaced) await removeGeneration(table, replaced);
}

function generationPartition(name: string): string {
  return `clusters#${name}`;
}

async function currentGeneration(table: DynamodbTable): Promise<Generation | null> {
  const item = await getItem(table, POINTER);
  if (!item) return null;
  requireFormat(item);
  return { name: textOf(item, 'generation'), clusters: numberOf(item, 'clusters') };
}

async function putCluster(
  table: DynamodbTable,
  generation: string,
  cluster: ClusterProfile,
): Promise<void> {
  await putItem(table, clusterItem(generation, cluster));
}

function clusterItem(generation: string, cluster: ClusterProfile): Item {
  return {
    ...itemKey(generationPartition(generation), cluster.clusterId),
    ...documentAttributes(cluster),
    version: { N: String(cluster.version) },
  };
}

/**
 * Writes one cluster with newly trained models, on the condition that its version is unchanged.
 * Refined clusters have a later version and another generation, and a replaced generation has no
 * items.
 * @returns false without a change if the clusters were refined meanwhile.
 */
export async function putTrainedCluster(
  table: DynamodbTable,
  cluster: ClusterProfile,
): Promise<boolean> {
  const current = await currentGeneration(table);
  return current !== null && putItemIf(table, clusterItem(current.name, cluster), cluster);
}

/** Makes a generation the current one. Returns the name of the previous generation. */
async function pointTo(
  table: DynamodbTable,
  { name, clusters }: Generation,
): Promise<string | null> {
  const replaced = await putItem(table, {
    ...POINTER,
    format: { N: String(FORMAT) },
    generation: { S: name },
    clusters: { N: String(clusters) },
  });
  return replaced?.['generation']?.S ?? null;
}

async function removeGeneration(table: DynamodbTable, name: string): Promise<void> {
  await deleteItems(table, await partitionItems(table, generationPartition(name)));
}
