import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createStopwatch } from '#bench/stopwatch.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { Trainer } from '#core/training/trainer.ts';
import type { FleetInput } from '#evaluation/replay/fleet-input.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import { replayFleet } from '#evaluation/replay/replay-fleet.ts';
import type { PolicySummary } from '#evaluation/replay/replay-result.ts';
import { FOREPRINT } from '#evaluation/replay/summarize-run.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { planPolicies } from '#tasks/plan-policies.ts';
import { openReplay } from '#tasks/replay-task.ts';

export type UsedFleet = Omit<FleetInput, 'plan'>;

export interface UseOfOne {
  readonly id: string;
  readonly instanceHours: number;
  readonly unservedHours: number;
}

/** What one replay of a fleet used and cost. */
export interface Use {
  /** Clusters at the end of the trace. */
  readonly clusters: number;
  readonly instanceHours: number;
  /** Share of all demand. */
  readonly unservedDemand: number;
  readonly trainings: number;
  readonly clusterTrainings: number;
  readonly trainingCpuSeconds: number;
  /** In the order of the fleet. */
  readonly applications: readonly UseOfOne[];
}

/** Longer than any trace, so that nobody is ever known well enough for a cluster. */
const NEVER_SECONDS = 365 * 86_400;

const PLAN = planPolicies({
  policies: [],
  knobs: new Map([[FOREPRINT, []]]),
  instance: undefined,
  service: DEFAULT_SERVICE,
});

/** The settings with which a fleet has no clusters. */
export const withoutClusters = (settings: Settings): Settings => ({
  ...settings,
  clustering: { ...settings.clustering, minimumSeconds: NEVER_SECONDS },
});

/** Replays a fleet, CPU alone, one application and one training after the other. */
export async function measureUse(
  fleet: UsedFleet,
  change: (settings: Settings) => Settings,
): Promise<Use> {
  const [ofClusters, ofApplications] = [createStopwatch(), createStopwatch()];
  const alone = inTurn();
  const trainings = inTurn();
  const timed =
    (trainer: Trainer, { time }: ReturnType<typeof createStopwatch>): Trainer =>
    (job) =>
      trainings(() => time(() => trainer(job)));
  const result = await replayFleet(
    {
      models: createMemoryModelStore(),
      trainer: timed(trainInProcess, ofClusters),
      runJob: (job) =>
        alone(async () => {
          const { ports, release } = openReplay(job, () => undefined);
          const trainer = timed(ports.trainer, ofApplications);
          return replayApplication({ ...ports, trainer }, job).finally(release);
        }),
      onProgress: () => undefined,
    },
    { ...fleet, plan: PLAN },
    change({ ...DEFAULT_SETTINGS, stepSeconds: fleet.stepSeconds, resources: ['cpu'] }),
  );
  const cpuMilliseconds = [ofClusters, ofApplications].flatMap((watch) => watch.cpuMilliseconds);
  const { instanceHours, unservedDemand } = ownPolicy(result.policies);
  return {
    clusters: result.clusters.length,
    instanceHours,
    unservedDemand,
    trainings: cpuMilliseconds.length,
    clusterTrainings: ofClusters.cpuMilliseconds.length,
    trainingCpuSeconds: cpuMilliseconds.reduce((sum, one) => sum + one, 0) / 1000,
    applications: result.applications.map(({ applicationId: id, policies }) => {
      const own = ownPolicy(policies);
      return { id, instanceHours: own.instanceHours, unservedHours: own.unservedHours };
    }),
  };
}

const ownPolicy = (policies: readonly PolicySummary[]): PolicySummary =>
  policies.find(({ name }) => name === FOREPRINT)!;

/** Runs what it is given one after the other, so that none counts what another one takes. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result;
    return result;
  };
}
