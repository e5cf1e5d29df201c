import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { changeEvidence, type ChangeEvidence } from './change-evidence.ts';
import {
  errorsByGroup,
  errorsByPast,
  groupHours,
  smallerErrors,
  type GroupHours,
} from './hourly-errors.ts';
import { hoursOfDays } from './hours-of-days.ts';

const HOUR = 3600;
const HOURS_PER_DAY = 24;

/** One false change in so many hours of an application is accepted: a hundred weeks. */
const HOURS_PER_FALSE_CHANGE = 100 * 7 * HOURS_PER_DAY;

/** One application is no cluster to follow: its hours are as much chance as its own kind. */
const LEAST_MEMBERS = 2;

/** What the hours of an application say about its place. */
export interface Followed {
  /** The part of the window since it goes as it does now; at least a day. */
  readonly recent: FootprintWindow;
  /** The cluster that it goes on with, with the reason; null while it goes on with its own. */
  readonly change: { readonly clusterId: string; readonly reason: string } | null;
}

interface PreviousCluster {
  readonly clusterId: string;
  readonly applications: readonly string[];
}

interface Measured {
  readonly applicationId: string;
  readonly window: FootprintWindow;
}

/**
 * Looks for applications that go on as another cluster does, or did so before they came to their
 * own, hour by hour (see `changeEvidence`). Several clusters share one rate of false changes, so
 * the limit is the logarithm of `HOURS_PER_FALSE_CHANGE` × the number of other clusters.
 * @param applications windows on one grid.
 * @returns one per application, in their order.
 */
export function followChanges(
  applications: readonly Measured[],
  previous: readonly PreviousCluster[],
  resources: readonly Resource[],
): readonly Followed[] {
  const labels = labelsOf(applications, previous);
  if (previous.length < 2) {
    return applications.map(({ window }) => ({ recent: window, change: null }));
  }
  const hours = applications.map(({ window }) => hoursOfDays(window, resources));
  const groups = previous.map((_, label) =>
    groupHours(hours.filter((__, item) => labels[item] === label)),
  );
  const limit = Math.log(HOURS_PER_FALSE_CHANGE * (previous.length - 1));
  return applications.map(({ window }, item) => {
    const evidence = evidenceOf(hours[item], labels[item], { groups, resources: resources.length });
    return follow(window, evidence, { previous, limit });
  });
}

/** Index of each application's previous cluster; −1 without one. */
function labelsOf(
  applications: readonly Measured[],
  previous: readonly PreviousCluster[],
): Int32Array {
  const labelOf = new Map(
    previous.flatMap(({ applications: ids }, label) => ids.map((id) => [id, label] as const)),
  );
  return Int32Array.from(applications, ({ applicationId }) => labelOf.get(applicationId) ?? -1);
}

interface LabelledEvidence extends ChangeEvidence {
  readonly label: number;
}

/** Evidence for each other cluster; none for an application without a cluster. */
function evidenceOf(
  hours: Float64Array,
  ownLabel: number,
  { groups, resources }: { readonly groups: readonly GroupHours[]; readonly resources: number },
): readonly LabelledEvidence[] {
  if (ownLabel < 0) return [];
  const own = errorsByGroup(hours, groups[ownLabel], { resources, isMember: true });
  const usual = smallerErrors(own, errorsByPast(hours, resources));
  return groups.flatMap((group, label) => {
    if (label === ownLabel || group.members < LEAST_MEMBERS) return [];
    const other = errorsByGroup(hours, group, { resources, isMember: false });
    return [{ label, ...changeEvidence(usual, own, other) }];
  });
}

function follow(
  window: FootprintWindow,
  evidence: readonly LabelledEvidence[],
  { previous, limit }: { readonly previous: readonly PreviousCluster[]; readonly limit: number },
): Followed {
  const now = largest(evidence, (one) => one.now);
  if (now !== undefined && now.now > limit) {
    const { clusterId } = previous[now.label];
    const hours = Math.floor((window.values.cpu.length * window.stepSeconds) / HOUR);
    const reason = `goes on with ${clusterId} since ${hours - now.sinceHour} hours: evidence ${now.now.toFixed(1)} nats, limit ${limit.toFixed(1)}`;
    return { recent: windowSince(window, now.sinceHour), change: { clusterId, reason } };
  }
  const before = largest(evidence, (one) => one.before);
  const hasCome = before !== undefined && before.before > limit;
  return { recent: hasCome ? windowSince(window, before.untilHour) : window, change: null };
}

function largest(
  evidence: readonly LabelledEvidence[],
  of: (one: LabelledEvidence) => number,
): LabelledEvidence | undefined {
  return evidence.reduce<LabelledEvidence | undefined>(
    (best, one) => (best === undefined || of(one) > of(best) ? one : best),
    undefined,
  );
}

/** From one of the whole hours before the window's end on, but at least the last day. */
function windowSince(window: FootprintWindow, hour: number): FootprintWindow {
  const steps = window.values.cpu.length;
  const stepsPerHour = HOUR / window.stepSeconds;
  const hours = Math.floor(steps / stepsPerHour);
  const kept = Math.max(HOURS_PER_DAY, hours - hour);
  return sliceWindow(window, Math.max(0, Math.round(steps - kept * stepsPerHour)), steps);
}
