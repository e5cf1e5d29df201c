import { placeNewcomer, type ClusterCandidate } from '#core/clustering/place-newcomer.ts';
import { footprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { forecastOwnHours } from '#core/forecasting/forecast-own-hours.ts';
import type { TracedApplication } from '../cluster-traces.ts';
import { NOTHING_REFINED, refineAt } from '../refine-step.ts';
import { borrowedForecast, lentModel, wholeFleet, type LentModel } from './lent-model.ts';
import { membersDays, membersUse, type Newcomer } from './members-days.ts';
import type { NewcomerFleet } from './newcomer-fleets.ts';

/** How long a newcomer has been measured. */
export const AGES_HOURS: readonly number[] = [1, 3, 6, 12, 24, 48];

/** Part of the trace that the established ones are known for when the first newcomer comes. */
const KNOWN_SHARE = 0.6;
/** Newcomers of every application, and hours between them: as many times of day. */
const BIRTHS = 6;
const HOURS_BETWEEN = 11;
/** Of the steps of the next day, every so many minutes one is forecast. */
const MINUTES_BETWEEN = 15;
const LEAST_MEASURED = 0.5;

/** Forecasts by where they come from; row-major [steps × levels], null where there is none. */
export interface Parts {
  /** Use of the others, whatever the newcomer uses. */
  readonly defaults: Float32Array | null;
  /** Model of all established applications as one cluster. */
  readonly fleet: Float32Array | null;
  /** The learned pool on the newcomer's own hours. */
  readonly pool: Float32Array | null;
  /** Model of the cluster that the newcomer is placed in. */
  readonly cluster: Float32Array | null;
  /** Days of all the fleet, and of the cluster's members, on the newcomer's level. */
  readonly fleetDays: Float32Array | null;
  readonly clusterDays: Float32Array | null;
}

/** One newcomer at one age. */
export interface NewcomerCase {
  readonly ageHours: number;
  /** Mean of what was measured of it. */
  readonly level: number;
  /** Seconds ahead of the forecast's steps. */
  readonly ahead: readonly number[];
  /** NaN where nothing was measured. */
  readonly actual: Float64Array;
  readonly parts: Parts;
}

/** Every newcomer of a fleet: half of the applications are new to the other half, and back. */
export async function newcomerCases(fleet: NewcomerFleet): Promise<readonly NewcomerCase[]> {
  const cases: NewcomerCase[] = [];
  for (const half of [0, 1]) {
    const established = fleet.applications.filter((_, k) => k % 2 !== half);
    const newcomers = fleet.applications.filter((_, k) => k % 2 === half);
    const lenders = await prepareLenders(fleet, established);
    for (const newcomer of newcomers) cases.push(...(await casesOf(newcomer, lenders)));
    for (const model of [lenders.fleet, ...lenders.clusters.values()]) {
      await model?.forecaster.release();
    }
  }
  return cases;
}

interface Lenders {
  readonly settings: NewcomerFleet['settings'];
  readonly cut: number;
  readonly established: readonly TracedApplication[];
  readonly candidates: readonly ClusterCandidate[];
  readonly clusters: ReadonlyMap<string, LentModel | null>;
  readonly fleet: LentModel | null;
}

async function prepareLenders(
  { settings, applications }: NewcomerFleet,
  established: readonly TracedApplication[],
): Promise<Lenders> {
  const cut = Math.floor(KNOWN_SHARE * applications[0]!.window.values.cpu.length);
  const refined = refineAt(established, cut, NOTHING_REFINED);
  const request = { established, cut, settings };
  const clusters = new Map<string, LentModel | null>();
  for (const cluster of refined.clusters) {
    clusters.set(cluster.clusterId, await lentModel(cluster, request));
  }
  const week = (7 * 86_400) / settings.stepSeconds;
  const candidates = refined.clusters.map(({ clusterId, medoid, applications: members }) => {
    const { window } = established.find(({ id }) => id === medoid)!;
    const shape = footprintShape(sliceWindow(window, Math.max(0, cut - week), cut), ['cpu']);
    const types = established.filter(({ id }) => members.includes(id)).map(({ type }) => type);
    return { clusterId, medoidShape: shape, types };
  });
  const fleet = await lentModel(wholeFleet(established, cut), request);
  return { settings, cut, established, candidates, clusters, fleet };
}

async function casesOf(
  newcomer: TracedApplication,
  lenders: Lenders,
): Promise<readonly NewcomerCase[]> {
  const { settings, cut } = lenders;
  const { stepSeconds, training } = settings;
  const hour = 3600 / stepSeconds;
  const stride = Math.max(1, Math.round((60 * MINUTES_BETWEEN) / stepSeconds));
  const steps = Array.from({ length: training.horizon / stride }, (_, k) => k * stride);
  const { cpu } = newcomer.window.values;
  const cases: NewcomerCase[] = [];
  for (let birth = 0; birth < BIRTHS; birth++) {
    const origin = cut + birth * HOURS_BETWEEN * hour;
    if (origin + training.horizon > cpu.length) break;
    const actual = Float64Array.from(steps, (step) => cpu[origin + step]!);
    if (measuredShare(actual) < LEAST_MEASURED) continue;
    for (const ageHours of AGES_HOURS) {
      const age = ageHours * hour;
      const known = cpu.subarray(origin - age, origin);
      const level = meanMeasured(known);
      if (level === null || measuredShare(known) < LEAST_MEASURED) continue;
      const when = { origin, age, steps, stepSeconds };
      cases.push({
        ...{ ageHours, level, actual, ahead: steps.map((step) => (step + 1) * stepSeconds) },
        parts: await partsOf({ newcomer, when, level }, lenders),
      });
    }
  }
  return cases;
}

async function partsOf(
  {
    newcomer,
    when,
    level,
  }: { readonly newcomer: TracedApplication; readonly when: Newcomer; readonly level: number },
  { settings, established, candidates, clusters, fleet }: Lenders,
): Promise<Parts> {
  const { stepSeconds, training } = settings;
  const { levels, horizon } = training;
  const { origin, age, steps } = when;
  const seen = sliceWindow(newcomer.window, origin - age, origin);
  const known = seen.values.cpu;
  const shape = footprintShape(seen, ['cpu']);
  const placed = placeNewcomer({ shape, applicationType: newcomer.type }, candidates);
  const own = placed.clusterId === null ? fleet : (clusters.get(placed.clusterId) ?? fleet);
  const seconds = { originSeconds: seen.startSeconds + age * stepSeconds, stepSeconds };
  const rows = (all: Float64Array | null): Float32Array | null =>
    all && atSteps(all, steps, levels.length);
  const onLevel = (days: Float64Array | null): Float32Array | null =>
    days && Float32Array.from(days, (value) => value * level);
  const alike = established.filter(({ type }) => type === newcomer.type);
  const members = established.filter(({ id }) => own?.cluster.applications.includes(id));
  return {
    defaults: toFloat32(membersUse(alike.length > 0 ? alike : established, when, levels)),
    fleet: rows(fleet && (await borrowedForecast(fleet, known, seconds))),
    pool: rows(forecastOwnHours(known, { stepSeconds, horizon, levels })),
    cluster: rows(own && (await borrowedForecast(own, known, seconds))),
    fleetDays: onLevel(membersDays(established, when, levels)),
    clusterDays: onLevel(membersDays(members, when, levels)),
  };
}

const toFloat32 = (values: Float64Array | null): Float32Array | null =>
  values && Float32Array.from(values);

function atSteps(all: Float64Array, steps: readonly number[], columns: number): Float32Array {
  const rows = new Float32Array(steps.length * columns);
  steps.forEach((step, k) => {
    rows.set(all.subarray(step * columns, (step + 1) * columns), k * columns);
  });
  return rows;
}

const measuredShare = (values: Float64Array): number =>
  values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0) / values.length;
