import { demandBehind } from '#core/capacity/censored-demand.ts';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import { isMeasured } from '#core/domain/footprint-at.ts';
import {
  perResource,
  RESOURCES,
  type Footprint,
  type FootprintWindow,
  type Resource,
} from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { emptyMemories, fillMemories, type UsageMemories } from '#core/evidence/remember-usage.ts';
import { usualHistory } from '#core/expectation/usual-history.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { monitorApplication, type MonitoringPorts } from '#core/use-cases/monitor-application.ts';
import type { TrainingPorts } from '#core/use-cases/train-application.ts';
import {
  createSimulatedGroup,
  type SimulatedGroup,
} from '#evaluation/simulation/simulated-group.ts';
import { feedHistory, secondsOf } from './feed-history.ts';
import { createVariant, type FrontierVariant } from './frontier-variant.ts';
import type { ReplayJob } from './replay-job.ts';
import { createReplayRecord, type ReplayRecord } from './replay-record.ts';
import {
  replayedFootprint,
  scenarioOf,
  settingsOfScenario,
  type Scenario,
} from './replay-scenario.ts';
import { visitTraining } from './replay-training.ts';
import { simulatedTarget } from './simulated-target.ts';
import { summarizeRun, type ReplayedApplication } from './summarize-run.ts';

export interface ReplayPorts
  extends TrainingPorts, ForecastPorts, Pick<MonitoringPorts, 'notifier' | 'openMetric'> {
  readonly incidents: IncidentStore;
}

const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;

/** Everything of one running replay. */
interface Run {
  /** The job as it was given, with all demand. */
  readonly truth: ReplayJob;
  /** The same with what is seen of it, step by step. */
  readonly job: ReplayJob;
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly group: SimulatedGroup;
  readonly variants: readonly FrontierVariant[];
  /** What was used, in local time; made anew where the clock changes. */
  memories: UsageMemories;
  readonly timeZone: string;
  readonly record: ReplayRecord;
}

/**
 * Replays one application step by step through the use cases that also run in the cloud: at the
 * start of every step the engine sees what was measured before it, forecasts and allocates; then
 * the step's measurement arrives, is stored and monitored. Training and refinement happen at the
 * job's visits. Nothing but the oracle reads ahead.
 */
export async function replayApplication(
  ports: ReplayPorts,
  truth: ReplayJob,
): Promise<ReplayedApplication> {
  const scenario = scenarioOf(truth);
  const job = seenJob(truth, scenario);
  const settings = settingsOfScenario(job.settings, scenario);
  const { options } = scenario;
  const run: Run = {
    truth,
    job,
    scenario,
    settings,
    group: createSimulatedGroup(options),
    variants: job.plan.quantiles.map((quantile) => createVariant(quantile, options, settings)),
    memories: emptyMemories(scenario, options.toStep, settings),
    timeZone: timeZoneOf(job.applicationId, settings.detection),
    record: createReplayRecord(
      { steps: options.toStep, stepSeconds: settings.stepSeconds },
      settings.resources,
    ),
  };
  for (const bytes of job.clusterModels) await ports.models.put(bytes);
  await feedHistory(ports.history, job, { from: scenario.firstStep, to: options.fromStep });
  for (let step = scenario.firstStep; step < options.fromStep; step++) {
    await remember(ports, run, step);
  }

  const visits = new Map(job.visits.map((visit) => [visit.atSeconds, visit]));
  let trainings = 0;
  for (let step = options.fromStep; step < options.toStep; step++) {
    const visit = visits.get(secondsOf(job, step));
    if (visit) {
      const { trained } = await visitTraining(ports, { job, visit }, settings);
      trainings += Object.keys(trained).length;
    }
    await allocateStep(ports, run, step);
    showStep(run, step);
    await monitorReplayed(ports, run, step);
    await remember(ports, run, step);
  }
  const profile = await ports.profiles.application(job.applicationId);
  const incidents = await ports.incidents.incidents(job.applicationId);
  return summarizeRun({ ...run, job: truth, profile, incidents, trainings });
}

/** A job of its own window where use ends at the capacity, which `showStep` fills. */
function seenJob(truth: ReplayJob, { service, options }: Scenario): ReplayJob {
  if (!service.isCapped) return truth;
  const { values } = truth.window;
  const seen = perResource((resource) => values[resource].slice().fill(NaN, options.fromStep));
  return { ...truth, window: { ...truth.window, values: seen } };
}

/** What is known of a step once it is over. */
function showStep({ truth, job, scenario, record }: Run, step: number): void {
  if (!scenario.service.isCapped) return;
  const seen = seenBy(scenario, replayedFootprint(truth, step), record.inService[step]);
  for (const resource of RESOURCES) job.window.values[resource][step] = seen[resource] ?? NaN;
}

/** What so many instances hold; without end where the resource limits nothing. */
function capacityOf({ sizes }: Scenario, resource: Resource, instances: number): number {
  const size = sizes[resource];
  return size === undefined ? Infinity : size * instances;
}

/**
 * A step's true use as a group with so many instances shows it: no more than they hold, and of CPU
 * near that the estimate that a metric source gives.
 */
function seenBy(scenario: Scenario, actual: Footprint, instances: number): Footprint {
  if (!scenario.service.isCapped) return actual;
  return perResource((resource) => {
    const used = actual[resource];
    if (used === null) return null;
    const limit = capacityOf(scenario, resource, instances);
    const measured = Math.min(used, limit);
    return resource === 'cpu' ? demandBehind(measured, limit) : measured;
  });
}

async function allocateStep(ports: ReplayPorts, run: Run, step: number): Promise<void> {
  const { job, settings, group, memories, record } = run;
  const { applicationId, applicationType } = job;
  group.advanceTo(step);
  const before = group.desired;
  // The report draws one forecast over the whole horizon, the newest that can be compared with what
  // came.
  const isDrawn = step + settings.training.horizon === run.scenario.options.toStep;
  const { decision, snapshot, forecast } = await allocate(
    { memories, target: simulatedTarget(run, step), ...ports },
    {
      applicationId,
      applicationType,
      requested: null,
      nowSeconds: secondsOf(job, step),
      wholeHorizon: isDrawn,
    },
    settings,
  );
  record.inService[step] = group.inService;
  const changed = group.desired !== before;
  const drawn = isDrawn ? forecast : null;
  record.note(step, { decision, before, serving: group.inService, changed, drawn });
  for (const variant of run.variants) variant.decide(step, snapshot, forecast);
}

/**
 * What was used in a step, measured or not, enters the memories: without what was expected of it.
 */
async function remember(
  { history }: Pick<ReplayPorts, 'history'>,
  run: Run,
  step: number,
): Promise<void> {
  const { job, memories, settings } = run;
  const usual = usualHistory(history, settings);
  const first = isClockChanged(run, step) ? run.scenario.firstStep : step;
  const window =
    usual === history
      ? sliceWindow(job.window, first, step + 1)
      : await usual.read(
          job.applicationId,
          { fromSeconds: secondsOf(job, first), toSeconds: secondsOf(job, step + 1) },
          settings.stepSeconds,
        );
  if (isClockChanged(run, step)) {
    run.memories = rememberAgain(run, window);
    return;
  }
  for (const [resource, memory] of Object.entries(memories)) {
    memory.push(window.values[resource as Resource][0] ?? NaN);
  }
}

/** Whether the step after this one is another step of local time than the next. */
function isClockChanged({ job, timeZone }: Run, step: number): boolean {
  const [now, next] = [secondsOf(job, step), secondsOf(job, step + 1)];
  return localSeconds(next, timeZone) - localSeconds(now, timeZone) !== next - now;
}

/** Memories of all steps of a window that ends with this one. */
function rememberAgain(
  { scenario, settings, timeZone }: Run,
  window: FootprintWindow,
): UsageMemories {
  const { options } = scenario;
  // A clock is put forward once a year, and skips less than a day.
  const years = 1 + (options.toStep * settings.stepSeconds) / YEAR_SECONDS;
  const skipped = (DAY_SECONDS * years) / settings.stepSeconds;
  const memories = emptyMemories(scenario, Math.ceil(options.toStep + skipped), settings);
  fillMemories(memories, window, { timeZone });
  return memories;
}

/** The step's measurement arrives: it is stored, monitored, and shown to the variants. */
async function monitorReplayed(
  { history, profiles, incidents, notifier, openMetric }: ReplayPorts,
  { truth, job, scenario, settings, variants }: Run,
  step: number,
): Promise<void> {
  const actual = replayedFootprint(job, step);
  if (!isMeasured(actual)) return;
  await feedHistory(history, job, { from: step, to: step + 1 });
  const { applicationId } = job;
  // Without forecasters: nothing is expected of the first steps, which no decision looked ahead to.
  const ports = { history, profiles, incidents, notifier, ...(openMetric && { openMetric }) };
  const nowSeconds = secondsOf(job, step + 1);
  await monitorApplication(ports, { applicationId, nowSeconds }, settings);
  if (variants.length === 0) return;
  const { detector } = (await incidents.state(applicationId)) ?? NEW_CONTROLLER_STATE;
  const shared = { applicationId, stepSeconds: secondsOf(job, step), expected: {} };
  const used = replayedFootprint(truth, step);
  for (const variant of variants) {
    const seen = seenBy(scenario, used, variant.inService[step]);
    variant.observe({ ...shared, actual: seen }, detector);
  }
}
