import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { borrowHistory } from '#core/forecast/borrow-history.ts';
import { clusterProfile } from '#core/cluster/cluster-profile.ts';
import type { ClusterProfile } from '#core/profiles.ts';
import { trainCluster } from '#core/train/train-cluster.ts';
import { trainInProcess } from '#core/train/train-in-process.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { machinePool } from '#models/pretrained/machine-pool.ts';
import { fillGaps } from '#models/fill-gaps.ts';
import { clustersOf, past, SETTINGS, type Fleet, type Machine } from './ablation-fleet.ts';
import { addForecast, emptyTally, type ForecastTally } from './forecast-tally.ts';
import { DECILES, rawForecast } from './rolling-loss.ts';

const DAY = 288;
const STRIDE = 48;
/** A newcomer is one for two days: one behind it at the first origin, nearly two at the last. */
const ORIGINS = 6;
const { horizon } = SETTINGS.training;

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

interface Newcomer {
  readonly machine: Machine;
  readonly cut: number;
}

/** Nothing of a newcomer from more than a day before the cut is known. */
async function scoreNewcomer(
  { machine, cut }: Newcomer,
  forecast: (known: Float64Array, originSeconds: number) => Promise<ArrayLike<number>>,
  { tally, levels }: { readonly tally: ForecastTally; readonly levels: readonly number[] },
): Promise<void> {
  const { cpu } = machine.window.values;
  const { startSeconds, stepSeconds } = machine.window;
  for (let k = 0; k < ORIGINS; k++) {
    const end = cut + k * STRIDE;
    const known = past(machine, end, cut - DAY).values.cpu;
    const quantiles = await forecast(known, startSeconds + end * stepSeconds);
    addForecast(tally, { quantiles, levels }, cpu.subarray(end, end + horizon));
  }
}

const borrowing =
  ({ cluster, forecaster, context }: Trained, stepSeconds: number) =>
  async (known: Float64Array, originSeconds: number): Promise<Float64Array> => {
    const values = known.subarray(known.length - context);
    const request = { cluster, resource: 'cpu', originSeconds, stepSeconds } as const;
    const { history, scale } = borrowHistory(values, request);
    const out = await forecaster.forecast(new Float32Array(history), [originSeconds]);
    return Float64Array.from(out, (value) => value * scale);
  };

/** Idle ones say nothing of their level, and the product takes them for an average member. */
function isInUse({ window }: Machine, cut: number): boolean {
  return window.values.cpu.subarray(cut - DAY, cut).some((value) => value > 0);
}

/** Half of the machines are newcomers to clusters of the other half, and the other way round. */
export async function ablateNewcomers({
  machines,
  cut,
}: Fleet): Promise<Map<string, ForecastTally>> {
  const tallies = new Map(
    ["the cluster's model", 'one model of all machines', 'the learned pool on its own day'].map(
      (name) => [name, emptyTally()] as const,
    ),
  );
  const [clustered, together, alone] = [...tallies.values()];
  const { levels } = SETTINGS.training;
  const pool = rawForecast(machinePool, 1);
  for (const half of [0, 1]) {
    const newcomers = new Set(machines.filter((one, k) => k % 2 === half && isInUse(one, cut)));
    const established = machines.filter((machine) => !newcomers.has(machine));
    const from = (machine: Machine) => (newcomers.has(machine) ? cut - DAY : 0);
    const clusters = clustersOf(machines, cut, (machine) => past(machine, cut, from(machine)));
    const known = await Promise.all(clusters.map((cluster) => trained(cluster, established, cut)));
    const all = await trained(everybody(established, cut), established, cut);
    for (const machine of newcomers) {
      const own = known.find((one) => one?.cluster.applications.includes(machine.id)) ?? all;
      if (!own || !all) continue;
      const { stepSeconds } = machine.window;
      const newcomer = { machine, cut };
      await scoreNewcomer(newcomer, borrowing(own, stepSeconds), { tally: clustered!, levels });
      await scoreNewcomer(newcomer, borrowing(all, stepSeconds), { tally: together!, levels });
      const ownDay = async (values: Float64Array) => {
        const first = values.findIndex((value) => !Number.isNaN(value));
        const measured = values.subarray(first === -1 ? values.length - DAY : first);
        return pool(fillGaps(measured, DAY), horizon)!;
      };
      await scoreNewcomer(newcomer, ownDay, { tally: alone!, levels: DECILES });
    }
    for (const one of [...known, all]) await one?.forecaster.release();
  }
  return tallies;
}

function everybody(machines: readonly Machine[], cut: number): ClusterProfile {
  const windows = machines.map((machine) => past(machine, cut));
  const applications = machines.map(({ id }) => id);
  return clusterProfile(
    { clusterId: 'all', applications, medoid: applications[0]!, windows },
    undefined,
  );
}
