import type { ClusterAssignment } from '#core/clustering/refine-clusters.ts';
import { adjustedRandIndex } from '#evaluation/clustering/rand-index.ts';
import type { TracedApplication } from './cluster-traces.ts';
import { NOTHING_REFINED, refineAt, type Refined } from './refine-step.ts';

export interface Calm {
  readonly applications: number;
  /** Clusters of the last week. */
  readonly clusters: number;
  /** Share of the applications in the largest one. */
  readonly largest: number;
  /** Partitions of neighbouring weeks made anew from each. */
  readonly weeksAlike: number;
  /** The partitions of neighbouring weeks, refined once a day from the first on. */
  readonly refinedAlike: number;
  /** Moves in a hundred weeks of an application, refined once a day. */
  readonly movesPerHundred: number;
  /** Partition of the last week against the labels; null where there are none. */
  readonly labelsAlike: number | null;
}

/**
 * How still the clusters of a fleet stand in which nothing was changed: each week clustered anew,
 * and the whole span refined once a day. An application without a cluster is a cluster of its own.
 */
export function measureCalm(applications: readonly TracedApplication[]): Calm {
  const { stepSeconds, values } = applications[0]!.window;
  const [day, steps] = [86_400 / stepSeconds, values.cpu.length];
  const weeks: (readonly ClusterAssignment[])[] = [];
  for (let end = 7 * day; end <= steps; end += 7 * day) {
    weeks.push(refineAt(applications, end, NOTHING_REFINED).assignments);
  }
  const alike = weeks.slice(1).map((week, k) => partitionsAlike(weeks[k]!, week));
  const last = weeks.at(-1) ?? [];
  const sizes = new Map<string, number>();
  for (const one of last) sizes.set(groupOf(one), (sizes.get(groupOf(one)) ?? 0) + 1);
  return {
    applications: applications.length,
    clusters: [...sizes.keys()].filter((name) => !name.startsWith(ALONE)).length,
    largest: Math.max(...sizes.values()) / last.length,
    weeksAlike: mean(alike),
    ...refinedDaily(applications, { day, steps }),
    labelsAlike: againstLabels(applications, last),
  };
}

const ALONE = 'alone: ';

const groupOf = ({ clusterId, applicationId }: ClusterAssignment): string =>
  clusterId ?? ALONE + applicationId;

/** Over the applications that both weeks have. */
function partitionsAlike(
  before: readonly ClusterAssignment[],
  after: readonly ClusterAssignment[],
): number {
  const earlier = new Map(before.map((one) => [one.applicationId, groupOf(one)]));
  const both = after.filter(({ applicationId }) => earlier.has(applicationId));
  return adjustedRandIndex(
    both.map(({ applicationId }) => earlier.get(applicationId)!),
    both.map(groupOf),
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

function refinedDaily(
  applications: readonly TracedApplication[],
  { day, steps }: { readonly day: number; readonly steps: number },
): Pick<Calm, 'refinedAlike' | 'movesPerHundred'> {
  const weeks: (readonly ClusterAssignment[])[] = [];
  let before: Refined = NOTHING_REFINED;
  let [moves, visits] = [0, 0];
  for (let end = 7 * day; end <= steps; end += day) {
    const refined = refineAt(applications, end, before);
    moves += refined.moves.length;
    if (before !== NOTHING_REFINED) visits += refined.assignments.length;
    if ((end / day) % 7 === 0) weeks.push(refined.assignments);
    before = refined;
  }
  const alike = weeks.slice(1).map((week, k) => partitionsAlike(weeks[k]!, week));
  return { refinedAlike: mean(alike), movesPerHundred: (100 * moves) / (visits / 7) };
}

function againstLabels(
  applications: readonly TracedApplication[],
  assignments: readonly ClusterAssignment[],
): number | null {
  const labels = new Map(applications.map(({ id, label }) => [id, label]));
  const labelled = assignments.filter(({ applicationId }) => labels.get(applicationId) != null);
  if (labelled.length === 0) return null;
  return adjustedRandIndex(
    labelled.map(({ applicationId }) => labels.get(applicationId)!),
    labelled.map(groupOf),
  );
}
