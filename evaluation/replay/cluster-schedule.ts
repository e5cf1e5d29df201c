import { refineClusters } from '#core/clustering/refine-clusters.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import { measuredSeconds } from '#core/domain/measured.ts';
import type { ModelStore } from '#core/domain/ports.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { trainCluster } from '#core/use-cases/train-cluster.ts';
import type { ClusterVisit, ReplayedGroup } from './replay-job.ts';
import type { ClusterMove } from './replay-result.ts';

export interface ReplayedTraceApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** The whole trace, the same grid for all applications. */
  readonly window: FootprintWindow;
  /** The group as it is, where it is known. */
  readonly group?: ReplayedGroup;
}

export interface ClusterSchedule {
  readonly visits: ReadonlyMap<string, readonly ClusterVisit[]>;
  readonly moves: readonly ClusterMove[];
  /** The clusters of the last refinement. */
  readonly clusters: readonly ClusterProfile[];
}

/**
 * Refines the clusters at every training instant of a replay, each time on what had been measured
 * by then, and trains the models of those clusters that somebody without enough history needs.
 * Clusters depend on nothing that policies do, so the whole schedule can be laid down before the
 * applications are replayed one by one.
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
  const moves: ClusterMove[] = [];
  let clusters: readonly ClusterProfile[] = [];
  for (const [index, step] of input.steps.entries()) {
    const seen = applicationsSeen(input.applications, { step, visits, settings });
    const atSeconds = input.applications[0].window.startSeconds + step * settings.stepSeconds;
    const refined = refineClusters({
      previous: clusters,
      applications: seen,
      settings: settings.clustering,
      resources: settings.resources,
    });
    const newcomers = newcomersOf(seen, settings);
    const needed = { ...input, clusters: refined.clusters, newcomers, step };
    clusters = await trainNeeded(ports, needed, settings);
    for (const { applicationId, clusterId, divergenceStreak } of refined.assignments) {
      const own = clusters.find((candidate) => candidate.clusterId === clusterId) ?? null;
      const cluster = newcomers.has(applicationId) ? own : null;
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

interface SeenApplication extends ReplayedTraceApplication {
  readonly divergenceStreak: number;
}

/** The applications that were measured before `step`, as refinement sees them then. */
function applicationsSeen(
  applications: readonly ReplayedTraceApplication[],
  known: {
    readonly step: number;
    readonly visits: ReadonlyMap<string, readonly ClusterVisit[]>;
    readonly settings: Settings;
  },
): SeenApplication[] {
  return applications
    .map((application) => ({
      ...application,
      window: pastWindow(application.window, known.step, known.settings.clustering.windowSeconds),
      divergenceStreak: known.visits.get(application.applicationId)!.at(-1)?.divergenceStreak ?? 0,
    }))
    .filter(({ window }) => measuredSeconds(window) > 0);
}

/** Those that have measured too little for a model of their own. */
function newcomersOf(seen: readonly SeenApplication[], { training }: Settings): Set<string> {
  return new Set(
    seen
      .filter(({ window }) => measuredSeconds(window) < training.minimumSeconds)
      .map(({ applicationId }) => applicationId),
  );
}

function pastWindow(window: FootprintWindow, step: number, lengthSeconds: number): FootprintWindow {
  return sliceWindow(window, Math.max(0, step - lengthSeconds / window.stepSeconds), step);
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
