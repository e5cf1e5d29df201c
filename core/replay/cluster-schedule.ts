import { refineClusters } from '#core/cluster/refine-clusters.ts';
import { RESOURCES, type FootprintWindow } from '#core/footprint.ts';
import { countMeasured } from '#core/measured.ts';
import type { ModelStore } from '#core/ports.ts';
import type { ClusterProfile } from '#core/profiles.ts';
import type { Settings } from '#core/settings.ts';
import { trainCluster } from '#core/train/train-cluster.ts';
import type { Trainer } from '#core/train/trainer.ts';
import { sliceWindow } from '#core/window-slice.ts';
import type { ClusterVisit } from './replay-job.ts';
import type { ClusterMove } from './replay-result.ts';

export interface ReplayedTraceApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** The whole trace, the same grid for all applications. */
  readonly window: FootprintWindow;
}

export interface ClusterSchedule {
  readonly visits: ReadonlyMap<string, readonly ClusterVisit[]>;
  readonly moves: readonly ClusterMove[];
  /** The clusters of the last refinement. */
  readonly clusters: readonly ClusterProfile[];
}

/**
 * Refines the clusters at every training instant of a replay, each time on what had been measured by then, and trains
 * the models of those clusters that somebody without enough history needs. Clusters depend on nothing that policies
 * do, so the whole schedule can be laid down before the applications are replayed one by one.
 * @param steps the training instants as steps of the trace, in order.
 */
export async function scheduleClusters(
  ports: { readonly models: ModelStore; readonly trainer: Trainer },
  input: {
    readonly applications: readonly ReplayedTraceApplication[];
    readonly steps: readonly number[];
    readonly onStep: (done: number) => void;
  },
  settings: Settings,
): Promise<ClusterSchedule> {
  const visits = new Map<string, ClusterVisit[]>(
    input.applications.map(({ applicationId }) => [applicationId, []]),
  );
  const streaks = new Map<string, number>();
  const moves: ClusterMove[] = [];
  let clusters: readonly ClusterProfile[] = [];
  for (const [index, step] of input.steps.entries()) {
    const seen = input.applications
      .map((application) => ({
        ...application,
        window: pastWindow(application.window, step, settings.clustering.windowSeconds),
        divergenceStreak: streaks.get(application.applicationId) ?? 0,
      }))
      .filter(({ window }) => measuredSeconds(window) > 0);
    const atSeconds = input.applications[0]!.window.startSeconds + step * settings.stepSeconds;
    const refined = refineClusters({
      previous: clusters,
      applications: seen,
      nowSeconds: atSeconds,
      settings: settings.clustering,
      resources: settings.resources,
    });
    const newcomers = new Set(
      seen
        .filter(({ window }) => measuredSeconds(window) < settings.training.minimumSeconds)
        .map(({ applicationId }) => applicationId),
    );
    clusters = await trainNeeded(
      ports,
      { ...input, clusters: refined.clusters, newcomers, step },
      settings,
    );
    for (const { applicationId, clusterId, divergenceStreak } of refined.assignments) {
      streaks.set(applicationId, divergenceStreak);
      const cluster = newcomers.has(applicationId)
        ? (clusters.find((candidate) => candidate.clusterId === clusterId) ?? null)
        : null;
      visits.get(applicationId)!.push({ atSeconds, clusterId, divergenceStreak, cluster });
    }
    moves.push(
      ...refined.moves.map(({ applicationId, from, to }) => ({
        atSeconds,
        applicationId,
        from,
        to,
      })),
    );
    input.onStep(index + 1);
  }
  return { visits, moves, clusters };
}

function pastWindow(window: FootprintWindow, step: number, lengthSeconds: number): FootprintWindow {
  return sliceWindow(window, Math.max(0, step - lengthSeconds / window.stepSeconds), step);
}

function measuredSeconds(window: FootprintWindow): number {
  return (
    Math.max(...RESOURCES.map((resource) => countMeasured(window.values[resource]))) *
    window.stepSeconds
  );
}

/** Trains the clusters that a newcomer belongs to; the others are left as they are. */
async function trainNeeded(
  ports: { readonly models: ModelStore; readonly trainer: Trainer },
  input: {
    readonly applications: readonly ReplayedTraceApplication[];
    readonly clusters: readonly ClusterProfile[];
    readonly newcomers: ReadonlySet<string>;
    readonly step: number;
  },
  settings: Settings,
): Promise<readonly ClusterProfile[]> {
  return Promise.all(
    input.clusters.map(async (cluster) => {
      if (!cluster.applications.some((id) => input.newcomers.has(id))) return cluster;
      const windows = input.applications
        .filter(({ applicationId }) => cluster.applications.includes(applicationId))
        .filter(({ applicationId }) => !input.newcomers.has(applicationId))
        .map(({ window }) => pastWindow(window, input.step, settings.training.windowSeconds));
      return trainCluster(ports, { cluster, windows }, settings);
    }),
  );
}
