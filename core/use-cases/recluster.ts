import { keepSilentMembers } from '#core/clustering/keep-silent-members.ts';
import { refineClusters } from '#core/clustering/refine-clusters.ts';
import type {
  ClusterAssignment,
  Refinement,
  RefinementApplication,
} from '#core/clustering/refine-clusters.ts';
import { stepStart } from '#core/domain/align-time.ts';
import { measuredSeconds } from '#core/domain/measured.ts';
import type {
  ApplicationHistory,
  HistoryStore,
  ProfileStore,
  TimeRange,
} from '#core/domain/ports.ts';
import { newProfile, updateProfile } from '#core/domain/profile-update.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { usualHistory } from '#core/expectation/usual-history.ts';

/**
 * Histories read, and profiles written, at the same time: enough to hide a store's latency, few
 * enough to spare it.
 */
const PARALLEL_CALLS = 8;

export interface ReclusterPorts {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
}

export interface ReclusterFailure {
  readonly applicationId: string;
  readonly error: Error;
}

export interface ReclusterOutcome extends Refinement {
  /** Profiles that could not be written; the next run tries again. */
  readonly failures: readonly ReclusterFailure[];
}

/**
 * One run of cluster refinement over everything stored: histories and profiles in, cluster profiles
 * and the applications' clusters out. Applications that measured nothing in the window stay where
 * they are. Profiles that do not change are not written; those of
 * applications without one are created. Cluster profiles come first: if the run breaks off after
 * them, the next one sets the rest right.
 * @param nowSeconds end of the history that is looked at (exclusive), Unix seconds.
 */
export async function recluster(
  ports: ReclusterPorts,
  nowSeconds: number,
  settings: Settings,
): Promise<ReclusterOutcome> {
  const histories = await ports.history.applications();
  const stored = new Map(
    (await ports.profiles.applications()).map((profile) => [profile.applicationId, profile]),
  );
  const toSeconds = stepStart(nowSeconds, settings.stepSeconds);
  const range = { fromSeconds: toSeconds - settings.clustering.windowSeconds, toSeconds };
  const all = await inBatches(histories, (history) =>
    readApplication(ports.history, { history, stored, range, settings }),
  );
  const applications = all.filter(({ window }) => measuredSeconds(window) > 0);
  const previous = await ports.profiles.clusters();
  const refinement = refineClusters({
    previous,
    applications,
    settings: settings.clustering,
    resources: settings.resources,
  });
  const measured = new Set(applications.map(({ applicationId }) => applicationId));
  const silent = new Set(
    all.map(({ applicationId }) => applicationId).filter((id) => !measured.has(id)),
  );
  const clusters = keepSilentMembers(refinement.clusters, previous, silent);
  await ports.profiles.putClusters(clusters);
  const types = new Map(applications.map((a) => [a.applicationId, a.applicationType]));
  const changed = refinement.assignments.filter((assignment) => {
    const profile = stored.get(assignment.applicationId);
    return profile === undefined || !isUpToDate(profile, assignment);
  });
  const failures = await inBatches(changed, (assignment) => {
    const { applicationId } = assignment;
    const identity = { applicationId, applicationType: types.get(applicationId) ?? null };
    return writeAssignment(ports.profiles, identity, assignment);
  });
  return { ...refinement, clusters, failures: failures.filter((failure) => failure !== null) };
}

async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += PARALLEL_CALLS) {
    results.push(...(await Promise.all(items.slice(from, from + PARALLEL_CALLS).map(work))));
  }
  return results;
}

async function readApplication(
  store: HistoryStore,
  context: {
    readonly history: ApplicationHistory;
    readonly stored: ReadonlyMap<string, ApplicationProfile>;
    readonly range: TimeRange;
    readonly settings: Settings;
  },
): Promise<RefinementApplication> {
  const { applicationId, applicationType } = context.history;
  const usual = usualHistory(store, context.settings);
  const profile = context.stored.get(applicationId) ?? newProfile(applicationId, applicationType);
  return {
    applicationId,
    applicationType: applicationType ?? profile.applicationType,
    window: await usual.read(applicationId, context.range, context.settings.stepSeconds),
    divergenceStreak: profile.divergenceStreak,
  };
}

const isUpToDate = (profile: ApplicationProfile, assignment: ClusterAssignment): boolean =>
  profile.clusterId === assignment.clusterId &&
  profile.divergenceStreak === assignment.divergenceStreak;

/**
 * One profile that cannot be written must not stop the others: its failure is part of the result.
 */
async function writeAssignment(
  profiles: ProfileStore,
  identity: { readonly applicationId: string; readonly applicationType: string | null },
  { clusterId, divergenceStreak }: ClusterAssignment,
): Promise<ReclusterFailure | null> {
  try {
    await updateProfile(profiles, identity, (profile) => ({
      ...profile,
      clusterId,
      divergenceStreak,
    }));
    return null;
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    return { applicationId: identity.applicationId, error: cause };
  }
}
