import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { openLocalStore } from '#adapters/local/store/open-local-store.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Incident } from '#core/domain/incident.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import { feedHistory, secondsOf } from '#evaluation/replay/feed-history.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import { scenarioOf, settingsOfScenario } from '#evaluation/replay/replay-scenario.ts';
import { visitTraining } from '#evaluation/replay/replay-training.ts';
import { simulatedTarget } from '#evaluation/replay/simulated-target.ts';
import { createSimulatedGroup } from '#evaluation/simulation/simulated-group.ts';
import { createForecasterCache } from '#models/stored/forecaster-cache.ts';
import { openReplay } from '#tasks/replay-task.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';

const FROM = 7 * 24;
const STEPS = FROM + 60;

/**
 * Seven days before the first training, two and a half after it, with a second training and a
 * surge.
 */
function surgingShop(): ReplayJob {
  const cpu = dailyCpu(STEPS / 24 + 1).slice(0, STEPS);
  for (let hour = FROM + 30; hour < FROM + 38; hour++) cpu[hour]! *= 2.2;
  const visit = { clusterId: null, divergenceStreak: 0, cluster: null };
  return {
    applicationId: 'shop',
    applicationType: 'web',
    window: cpuWindow(cpu),
    fromStep: FROM,
    settings: HOURLY,
    plan: { quantiles: [], baselines: [] },
    visits: [0, 24].map((hours) => ({ ...visit, atSeconds: MONDAY + (FROM + hours) * 3600 })),
    clusterModels: [],
  };
}

interface Course {
  readonly decisions: readonly AllocationDecision[];
  readonly incidents: readonly Incident[];
}

async function replayed(job: ReplayJob): Promise<Course> {
  const { ports, release } = openReplay(job, () => undefined);
  const decisions: AllocationDecision[] = [];
  const profiles = {
    ...ports.profiles,
    logAllocation: async (decision: AllocationDecision) => {
      decisions.push(decision);
      await ports.profiles.logAllocation(decision);
    },
  };
  const { replay } = await replayApplication({ ...ports, profiles }, job);
  release();
  return { decisions, incidents: replay.incidents };
}

/**
 * The same demand through what `allocate`, `monitor` and `train` do, on the embedded store and with
 * ONNX Runtime.
 */
async function live(job: ReplayJob, directory: string): Promise<Course> {
  const store = await openLocalStore(directory);
  const models = createFileModelStore(directory);
  const scenario = scenarioOf(job);
  const settings = settingsOfScenario(job.settings, scenario);
  const group = createSimulatedGroup(scenario.options);
  const ports = {
    ...store,
    models,
    trainer: trainInProcess,
    forecasters: createForecasterCache((sha256) => models.get(sha256), 8),
    notifier: { publish: async () => undefined },
  };
  const { applicationId, applicationType } = job;
  await feedHistory(store.history, job, { from: 0, to: FROM });
  for (let step = FROM; step < STEPS; step++) {
    const nowSeconds = secondsOf(job, step);
    const visit = job.visits.find(({ atSeconds }) => atSeconds === nowSeconds);
    if (visit) await visitTraining(ports, { job, visit }, settings);
    group.advanceTo(step);
    const request = { applicationId, applicationType, requested: null, nowSeconds };
    const target = simulatedTarget({ group, scenario }, step);
    await allocate({ ...ports, target }, request, settings);
    await feedHistory(store.history, job, { from: step, to: step + 1 });
    const ended = { applicationId, nowSeconds: secondsOf(job, step + 1) };
    await monitorApplication(ports, ended, settings);
  }
  const log = await store.profiles.allocationLog(applicationId, STEPS);
  const incidents = await store.incidents.incidents(applicationId);
  await store.close();
  return { decisions: log.toReversed(), incidents };
}

/** Numbers as ONNX Runtime, which calculates in four bytes, and the replay can agree on. */
function rounded<T>(value: T): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'number' ? Number(part.toPrecision(4)) : part,
  );
}

const whatIsDone = ({ instances, reason }: AllocationDecision) => {
  const { asked, kept, floor } = reason.instances!;
  const { source, model, profileVersion } = reason;
  return { instances, asked, kept, floor, source, model, profileVersion };
};

describe('the same demand, live on the embedded store and in a replay', () => {
  let directory: string;
  let courses: { readonly live: Course; readonly replayed: Course };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'foreprint-live-'));
    const job = surgingShop();
    courses = { live: await live(job, directory), replayed: await replayed(job) };
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('is decided on in the same way, step by step', () => {
    expect(courses.live.decisions).toHaveLength(STEPS - FROM);
    expect(courses.live.decisions.map(whatIsDone)).toEqual(
      courses.replayed.decisions.map(whatIsDone),
    );
  });

  it('has the same reasons and expectations', () => {
    const numbers = ({ allocated, serving, expected, reason }: AllocationDecision) => {
      const { forecast, correction, safetyMargin, available } = reason;
      return rounded({
        allocated,
        serving,
        expected,
        forecast,
        correction,
        safetyMargin,
        available,
      });
    };
    expect(courses.live.decisions.map(numbers)).toEqual(courses.replayed.decisions.map(numbers));
  });

  it('meets the surge with the same correction and the same incident', () => {
    const corrected = courses.live.decisions.filter(({ reason }) => reason.correction.cpu);
    expect(corrected.length).toBeGreaterThan(0);
    expect(courses.live.incidents.length).toBeGreaterThan(0);
    expect(rounded(courses.live.incidents)).toEqual(rounded(courses.replayed.incidents));
  });
});
