import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { clusterProfile } from '#core/clustering/cluster-profile.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { borrowHistory } from '#core/forecasting/borrow-history.ts';
import { forecastOwnHours } from '#core/forecasting/forecast-own-hours.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainCluster } from '#core/use-cases/train-cluster.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { addForecast, emptyTally, type ForecastTally } from '../forecast-tally.ts';
import { clustersOf, past, SETTINGS, type Fleet, type Machine } from './ablation-fleet.ts';

const HOUR = 12;
/** Between two forecasts. */
const STRIDE = 48;
const ORIGINS = 6;
/** How long a newcomer has been measured. */
export const AGES_HOURS: readonly number[] = [1, 3, 6, 12, 24, 48];
/** The pool's part of the quantiles; the rest is the cluster's. */
const SHARES = [0.25, 0.5, 0.75];
const { horizon, levels } = SETTINGS.training;

interface Trained {
  readonly cluster: ClusterProfile;
  readonly forecaster: Forecaster;
  readonly context: number;
}

/** A cluster with models made of its established members. */
async function trained(
  cluster: ClusterProfile,
  established: readonly Machine[],
  cut: number,
): Promise<Trained | null> {
  const models = createMemoryModelStore();
  const members = established.filter(({ id }) => cluster.applications.includes(id));
  const windows = members.map((machine) => past(machine, cut));
  const ports = { models, trainer: trainInProcess };
  const profile = await trainCluster(ports, { cluster, windows }, SETTINGS);
  const reference = profile.predictiveModel.cpu;
  if (!reference) return null;
  const forecaster = await loadForecaster(await models.get(reference.sha256));
  return { cluster: profile, forecaster, context: reference.shape.context };
}

async function borrowed(
  { cluster, forecaster, context }: Trained,
  known: Float64Array,
  { originSeconds, stepSeconds }: { readonly originSeconds: number; readonly stepSeconds: number },
): Promise<Float64Array> {
  const values = known.subarray(known.length - context);
  const request = { cluster, resource: 'cpu', originSeconds, stepSeconds } as const;
  const { history, scale } = borrowHistory(values, request);
  const out = await forecaster.forecast(new Float32Array(history), [originSeconds]);
  return Float64Array.from(out, (value) => value * scale);
}

/** What is known of a newcomer's cluster, and of all machines as one. */
interface Lenders {
  readonly own: Trained;
  readonly all: Trained;
}

/**
 * Adds what every way to forecast says of a machine that has been measured for so long, by the
 * way's name.
 */
async function scoreNewcomer(
  { machine, cut, age }: { readonly machine: Machine; readonly cut: number; readonly age: number },
  { own, all }: Lenders,
  tallyOf: (way: string) => ForecastTally,
): Promise<void> {
  const { cpu } = machine.window.values;
  const { startSeconds, stepSeconds } = machine.window;
  for (let k = 0; k < ORIGINS; k++) {
    const end = cut + k * STRIDE;
    const known = past(machine, end, end - age).values.cpu;
    const pool = forecastOwnHours(known, { stepSeconds, horizon, levels });
    if (pool === null) continue;
    const when = { originSeconds: startSeconds + end * stepSeconds, stepSeconds };
    const cluster = await borrowed(own, known, when);
    const add = (way: string, quantiles: Float64Array): void =>
      addForecast(tallyOf(way), { quantiles, levels }, cpu.subarray(end, end + horizon));
    add("the cluster's model", cluster);
    add('one model of all machines', await borrowed(all, known, when));
    add('the learned pool on its own hours', pool);
    for (const share of SHARES) {
      const blend = pool.map((value, at) => share * value + (1 - share) * cluster[at]!);
      add(`${100 * share} % pool, the rest the cluster's`, blend);
    }
  }
}

/**
 * Half of the machines are newcomers to clusters of the other half, and the other way round;
 * tallies by age and way.
 */
export async function ablateNewcomers({
  machines,
  cut,
}: Fleet): Promise<Map<string, Map<number, ForecastTally>>> {
  const tallies = new Map<string, Map<number, ForecastTally>>();
  const tallyOf = (way: string, hours: number): ForecastTally => {
    const ages = tallies.get(way) ?? new Map<number, ForecastTally>();
    tallies.set(way, ages);
    const tally = ages.get(hours) ?? emptyTally();
    ages.set(hours, tally);
    return tally;
  };
  for (const half of [0, 1]) {
    const newcomers = machines.filter((_, k) => k % 2 === half);
    const established = machines.filter((machine) => !newcomers.includes(machine));
    const all = await trained(everybody(established, cut), established, cut);
    const known = new Map<string, Trained | null>();
    for (const hours of AGES_HOURS) {
      const age = hours * HOUR;
      const from = (machine: Machine) => (newcomers.includes(machine) ? cut - age : 0);
      // The established ones make the same clusters whatever is known of the others.
      const clusters = clustersOf(machines, (machine) => past(machine, cut, from(machine)));
      for (const cluster of clusters) {
        const { clusterId } = cluster;
        if (!known.has(clusterId)) known.set(clusterId, await trained(cluster, established, cut));
      }
      for (const machine of newcomers) {
        const joined = clusters.find(({ applications }) => applications.includes(machine.id));
        const own = (joined && known.get(joined.clusterId)) ?? all;
        if (!own || !all) continue;
        await scoreNewcomer({ machine, cut, age }, { own, all }, (way) => tallyOf(way, hours));
      }
    }
    for (const one of [...known.values(), all]) await one?.forecaster.release();
  }
  return tallies;
}

function everybody(machines: readonly Machine[], cut: number): ClusterProfile {
  const windows = machines.map((machine) => past(machine, cut));
  const applications = machines.map(({ id }) => id);
  return clusterProfile(
    { clusterId: 'all', name: 'all', applications, medoid: applications[0]!, windows },
    undefined,
  );
}
