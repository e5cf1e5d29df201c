import { refineClusters, type Refinement } from '#core/clustering/refine-clusters.ts';
import { measuredSeconds } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import type { TracedApplication } from './cluster-traces.ts';

/** CPU alone, as most of the traces measure nothing else. */
const RESOURCES = ['cpu'] as const;
const { clustering } = DEFAULT_SETTINGS;

/** What one refinement leaves to the next one. */
export interface Refined {
  readonly clusters: readonly ClusterProfile[];
  readonly streaks: ReadonlyMap<string, number>;
}

export const NOTHING_REFINED: Refined = { clusters: [], streaks: new Map() };

/** One refinement at a step of the trace, on the week before it, as the product does it. */
export function refineAt(
  applications: readonly TracedApplication[],
  step: number,
  before: Refined,
): Refined & Pick<Refinement, 'assignments' | 'moves'> {
  const stepSeconds = applications[0]?.window.stepSeconds ?? DEFAULT_SETTINGS.stepSeconds;
  const from = Math.max(0, step - clustering.windowSeconds / stepSeconds);
  const { clusters, assignments, moves } = refineClusters({
    previous: before.clusters,
    applications: applications
      .map(({ id, type, window }) => ({
        applicationId: id,
        applicationType: type,
        window: sliceWindow(window, from, step),
        divergenceStreak: before.streaks.get(id) ?? 0,
      }))
      .filter(({ window }) => measuredSeconds(window) > 0),
    settings: clustering,
    resources: RESOURCES,
  });
  const streaks = new Map(assignments.map((one) => [one.applicationId, one.divergenceStreak]));
  return { clusters, streaks, assignments, moves };
}
