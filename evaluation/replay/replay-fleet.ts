import { averageWeek } from '#core/clustering/shape/average-week.ts';
import type { ModelStore } from '#core/domain/ports.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { usualWindow } from '#core/expectation/usual-history.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { scheduleClusters, type ClusterSchedule } from './cluster-schedule.ts';
import { combineFleet } from './combine-fleet.ts';
import type { FleetInput } from './fleet-input.ts';
import type { ReplayJob } from './replay-job.ts';
import type { ReplayCluster, ReplayResult } from './replay-result.ts';
import type { ReplayedApplication } from './summarize-run.ts';

/** Policies are counted from the eighth day of the trace on: a week of history first. */
const WARM_UP_SECONDS = 7 * 86_400;

export type ReplayPhase = 'refining clusters' | 'replaying applications';

export interface FleetPorts {
  readonly models: ModelStore;
  readonly trainer: Trainer;
  /** Replays one application, here or in a worker. */
  readonly runJob: (job: ReplayJob) => Promise<ReplayedApplication>;
  readonly onProgress: (phase: ReplayPhase, done: number, total: number) => void;
}

/** The trace ends before anything could be counted. */
export class TraceTooShort extends Error {
  constructor(steps: number, needed: number) {
    super(
      `the trace has ${steps} steps; a replay needs more than ${needed} (seven days) before it counts anything`,
    );
    this.name = 'TraceTooShort';
  }
}

/**
 * Replays a whole trace: refines the clusters at every training instant, replays every application
 * on its own, and adds the results up. Deterministic: the same trace and settings give the same
 * result in any order of work.
 * @throws TraceTooShort if there is not more than a week of it.
 */
export async function replayFleet(
  ports: FleetPorts,
  input: FleetInput,
  settings: Settings,
): Promise<ReplayResult> {
  const steps = input.applications[0]?.window.values.cpu.length ?? 0;
  const fromStep = Math.ceil(WARM_UP_SECONDS / input.stepSeconds);
  if (steps <= fromStep) throw new TraceTooShort(steps, fromStep);
  const training = trainingSteps({ fromStep, steps }, settings);
  const schedule = await scheduleClusters(
    ports,
    {
      applications: input.applications.map((application) => ({
        ...application,
        window: usualWindow(application.window, application.applicationId, settings),
      })),
      steps: training,
      onStep: (done) => ports.onProgress('refining clusters', done, training.length),
    },
    settings,
  );
  const replayed = await replayAll(ports, input, { schedule, fromStep, settings });
  return combineFleet({
    input,
    settings,
    fromStep,
    steps,
    replayed,
    moves: schedule.moves,
    clusters: replayClusters(input, schedule.clusters, settings),
  });
}

function trainingSteps(
  { fromStep, steps }: { readonly fromStep: number; readonly steps: number },
  { training, stepSeconds }: Settings,
): number[] {
  const every = Math.max(1, Math.round(training.everySeconds / stepSeconds));
  const instants: number[] = [];
  for (let step = fromStep; step < steps; step += every) instants.push(step);
  return instants;
}

async function replayAll(
  ports: FleetPorts,
  input: FleetInput,
  plan: {
    readonly schedule: ClusterSchedule;
    readonly fromStep: number;
    readonly settings: Settings;
  },
): Promise<ReplayedApplication[]> {
  const total = input.applications.length;
  let done = 0;
  ports.onProgress('replaying applications', 0, total);
  return Promise.all(
    input.applications.map(async (application) => {
      const visits = plan.schedule.visits.get(application.applicationId) ?? [];
      const result = await ports.runJob({
        ...application,
        fromStep: plan.fromStep,
        settings: plan.settings,
        plan: input.plan,
        visits,
        clusterModels: await neededModels(ports.models, visits),
      });
      ports.onProgress('replaying applications', ++done, total);
      return result;
    }),
  );
}

async function neededModels(
  models: ModelStore,
  visits: ReplayJob['visits'],
): Promise<Uint8Array[]> {
  const hashes = visits.flatMap(({ cluster }) =>
    Object.values(cluster?.predictiveModel ?? {}).map(({ sha256 }) => sha256),
  );
  return Promise.all([...new Set(hashes)].map((hash) => models.get(hash)));
}

function replayClusters(
  { applications }: FleetInput,
  clusters: readonly ClusterProfile[],
  { resources }: Settings,
): ReplayCluster[] {
  return clusters.map(({ clusterId, name = clusterId, applications: members, medoid }) => {
    const windows = applications
      .filter(({ applicationId }) => members.includes(applicationId))
      .map(({ window }) => window);
    return {
      clusterId,
      name,
      applications: members,
      medoid,
      averageWeek: Object.fromEntries(
        resources.map((resource) => [resource, averageWeek(windows, resource)]),
      ),
    };
  });
}
