import { averageFootprint } from '#core/clustering/shape/average-footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import type { TracedApplication } from './cluster-traces.ts';
import { NOTHING_REFINED, refineAt, type Refined } from './refine-step.ts';
import { shapeError } from './shape-forecast.ts';
import { drawSplices, spliceFleet, type Splice } from './splice.ts';

/** Day on which one application goes on as another one does. */
const SPLICE_DAY = 14;
const DAYS_AFTER = 14;

export interface Divergence {
  readonly trials: number;
  /** Median of the days until it left its cluster; Infinity where most never did. */
  readonly medianDays: number;
  /** Trials in which it left within two days. */
  readonly withinTwo: number;
  /** Moves of the others in a hundred weeks of an application. */
  readonly otherMovesPerHundred: number;
  /** The same of those others that the trace does not change either. */
  readonly steadyMovesPerHundred: number;
  /**
   * Mean error of the days after by the average footprint of the cluster that it is in, of the one
   * it was in, of the one whose member it goes on as.
   */
  readonly refined: number;
  readonly frozen: number;
  readonly oracle: number;
}

interface Trial {
  readonly days: number;
  readonly otherMoves: number;
  readonly visits: number;
  readonly steadyMoves: number;
  readonly steadyVisits: number;
  readonly refined: number;
  readonly frozen: number;
  readonly oracle: number;
}

/**
 * Puts one application's future onto another's past, in many trials, and watches the refinement of
 * every day after it. Null where the fleet has no two clusters to move between.
 */
export function measureDivergence(
  applications: readonly TracedApplication[],
  request: { readonly trials: number; readonly seed: number },
): Divergence | null {
  const day = 86_400 / applications[0]!.window.stepSeconds;
  const cut = SPLICE_DAY * day;
  let before: Refined = NOTHING_REFINED;
  let clusterOf = new Map<string, string | null>();
  for (let end = 7 * day; end <= cut; end += day) {
    const refined = refineAt(applications, end, before);
    clusterOf = new Map(refined.assignments.map((one) => [one.applicationId, one.clusterId]));
    before = refined;
  }
  const trials = drawSplices(applications, clusterOf, request)
    .map((splice) => watch(applications, splice, { before, clusterOf, cut, day }))
    .filter((trial) => trial !== null);
  return trials.length === 0 ? null : summed(trials);
}

interface Start {
  readonly before: Refined;
  readonly clusterOf: ReadonlyMap<string, string | null>;
  readonly cut: number;
  readonly day: number;
}

function watch(
  applications: readonly TracedApplication[],
  splice: Splice,
  { before, clusterOf, cut, day }: Start,
): Trial | null {
  const fleet = spliceFleet(applications, splice, cut);
  const spliced = fleet.find(({ id }) => id === splice.past)!;
  const [from, to] = [clusterOf.get(splice.past)!, clusterOf.get(splice.future)!];
  const errors = { refined: [] as number[], frozen: [] as number[], oracle: [] as number[] };
  const add = (
    way: keyof typeof errors,
    clusters: readonly ClusterProfile[],
    id: string | null,
    end: number,
  ) => {
    const cluster =
      clusters.find(({ clusterId }) => clusterId === id) ?? ownProfile(spliced, end, day);
    const error = shapeError(spliced, cluster, end);
    if (error !== null) errors[way].push(error);
  };
  const steady = new Set(
    fleet.filter(({ id, isSteady }) => isSteady && id !== splice.past).map(({ id }) => id),
  );
  let days = Infinity;
  let [otherMoves, visits, steadyMoves, steadyVisits] = [0, 0, 0, 0];
  let state = before;
  for (let k = 1; k <= DAYS_AFTER; k++) {
    const end = cut + k * day;
    if (end + day > spliced.window.values.cpu.length) break;
    const refined = refineAt(fleet, end, state);
    const at = refined.assignments.find(({ applicationId }) => applicationId === splice.past);
    if (days === Infinity && at && at.clusterId !== from) days = k;
    otherMoves += refined.moves.filter(({ applicationId }) => applicationId !== splice.past).length;
    visits += refined.assignments.length - 1;
    steadyMoves += refined.moves.filter(({ applicationId }) => steady.has(applicationId)).length;
    steadyVisits += refined.assignments.filter((one) => steady.has(one.applicationId)).length;
    add('refined', refined.clusters, at?.clusterId ?? null, end);
    add('frozen', before.clusters, from, end);
    add('oracle', before.clusters, to, end);
    state = refined;
  }
  if (errors.refined.length === 0) return null;
  const [refined, frozen, oracle] = [errors.refined, errors.frozen, errors.oracle].map(mean);
  const moves = { otherMoves, visits, steadyMoves, steadyVisits };
  return { days, ...moves, refined: refined!, frozen: frozen!, oracle: oracle! };
}

/** An application without a cluster goes by its own week. */
function ownProfile({ window }: TracedApplication, end: number, day: number) {
  const week = sliceWindow(window, end - 7 * day, end);
  return { averageFootprint: { cpu: averageFootprint([week], 'cpu') } };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function summed(trials: readonly Trial[]): Divergence {
  const days = trials.map((trial) => trial.days).sort((a, b) => a - b);
  const of = (pick: (trial: Trial) => number): number => mean(trials.map(pick));
  return {
    trials: trials.length,
    medianDays: days[Math.floor((days.length - 1) / 2)]!,
    withinTwo: days.filter((one) => one <= 2).length,
    otherMovesPerHundred:
      (100 * of(({ otherMoves }) => otherMoves)) / (of(({ visits }) => visits) / 7),
    steadyMovesPerHundred:
      (100 * of(({ steadyMoves }) => steadyMoves)) / (of(({ steadyVisits }) => steadyVisits) / 7),
    refined: of(({ refined }) => refined),
    frozen: of(({ frozen }) => frozen),
    oracle: of(({ oracle }) => oracle),
  };
}
