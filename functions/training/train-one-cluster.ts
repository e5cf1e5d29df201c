import { stepStart } from '#core/domain/align-time.ts';
import { eachLimited } from '#core/domain/each-limited.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { usualHistory } from '#core/expectation/usual-history.ts';
import type { TrainingPorts } from '#core/use-cases/train-application.ts';
import { trainCluster } from '#core/use-cases/train-cluster.ts';

const CONCURRENT_READS = 16;

export interface ClusterPorts extends TrainingPorts {
  /**
   * Writes the cluster if it is unchanged; returns false if the clusters were refined meanwhile.
   */
  readonly saveCluster: (cluster: ClusterProfile) => Promise<boolean>;
  readonly report: (what: string, error: unknown) => void;
}

export type ClusterOutcome = 'trained' | 'gone' | 'refined-meanwhile';

/**
 * Trains the models of one cluster on its members' data from before `nowSeconds`. A member whose
 * history cannot be read is reported and omitted.
 */
export async function trainOneCluster(
  ports: ClusterPorts,
  { clusterId, nowSeconds }: { readonly clusterId: string; readonly nowSeconds: number },
  settings: Settings,
): Promise<ClusterOutcome> {
  const clusters = await ports.profiles.clusters();
  const cluster = clusters.find((candidate) => candidate.clusterId === clusterId);
  if (!cluster) return 'gone';
  const toSeconds = stepStart(nowSeconds, settings.stepSeconds);
  const range = { fromSeconds: toSeconds - settings.training.windowSeconds, toSeconds };
  const usual = usualHistory(ports.history, settings);
  const windows = new Map<string, FootprintWindow>();
  const read = async (id: string): Promise<void> => {
    windows.set(id, await usual.read(id, range, settings.stepSeconds));
  };
  const unread = await eachLimited(cluster.applications, CONCURRENT_READS, read);
  for (const { item, cause } of unread) ports.report(item, cause);
  // In the members' order, so that the same data gives the same file.
  const inOrder = cluster.applications.flatMap((id) => windows.get(id) ?? []);
  const trained = await trainCluster(ports, { cluster, windows: inOrder }, settings);
  return (await ports.saveCluster(trained)) ? 'trained' : 'refined-meanwhile';
}
