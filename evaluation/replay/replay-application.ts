import { forecastOf, grantAllocation } from '#core/use-cases/allocate.ts';
import { expectedShares } from '#core/evidence/expected-shares.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import type { AllocationDecision, Expectation } from '#core/domain/allocation.ts';
import { stepsOfDecision } from '#core/controller/steps-of-decision.ts';
import { incidentCorrection } from '#core/detection/incidents/incident-correction.ts';
import type { Resource } from '#core/domain/footprint.ts';
import { isMeasured } from '#core/domain/footprint-at.ts';
import type { ForecastPorts } from '#core/forecasting/forecast-footprint.ts';
import type { FootprintForecast } from '#core/forecasting/footprint-forecast.ts';
import { emptyMemories } from '#core/evidence/remember-usage.ts';
import type { UsageMemory } from '#core/evidence/usage-memory.ts';
import { readMonitorState } from '#core/controller/monitor-state.ts';
import { monitorStep, type MonitoringPorts } from '#core/use-cases/monitor-step.ts';
import type { IncidentStore } from '#core/domain/ports.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { TrainingPorts } from '#core/use-cases/train-application.ts';
import { feedHistory, secondsOf } from './feed-history.ts';
import { createVariant, type ForeprintVariant } from './foreprint-run.ts';
import type { ReplayJob } from './replay-job.ts';
import { createReplayRecord, type ReplayRecord } from './replay-record.ts';
import {
  replayedFootprint,
  scenarioOf,
  settingsOfScenario,
  type Scenario,
} from './replay-scenario.ts';
import { visitTraining } from './replay-training.ts';
import { summarizeRun, type ReplayedApplication } from './summarize-run.ts';
import {
  createSimulatedGroup,
  type SimulatedGroup,
} from '#evaluation/simulation/simulated-group.ts';
import { simulatedTarget } from './simulated-target.ts';

export interface ReplayPorts extends TrainingPorts, ForecastPorts, MonitoringPorts {
  readonly incidents: IncidentStore;
}

/** Everything of one running replay. */
interface Run {
  readonly job: ReplayJob;
  readonly scenario: Scenario;
  readonly settings: Settings;
  /** Steps ahead that decisions look at. */
  readonly wanted: readonly number[];
  readonly group: SimulatedGroup;
  readonly variants: readonly ForeprintVariant[];
  readonly memories: Readonly<Partial<Record<Resource, UsageMemory>>>;
  readonly record: ReplayRecord;
  /** What past decisions expect of steps to come, by start of the step. */
  readonly expectations: Map<number, Expectation['byResource']>;
}

/**
 * Replays one application step by step through the services that also run in the cloud: at the start of every step the
 * engine sees what was measured before it, forecasts and allocates; then the step's measurement arrives, is stored and
 * monitored. Training and refinement happen at the job's visits. Nothing but the oracle reads ahead.
 */
export async function replayApplication(
  ports: ReplayPorts,
  job: ReplayJob,
): Promise<ReplayedApplication> {
  const scenario = scenarioOf(job);
  const settings = settingsOfScenario(job.settings, scenario);
  const { options } = scenario;
  const run: Run = {
    job,
    scenario,
    settings,
    wanted: stepsOfDecision(settings),
    group: createSimulatedGroup(options),
    variants: job.plan.quantiles.map((quantile) => createVariant(quantile, options, settings)),
    memories: emptyMemories(scenario, options.toStep, settings),
    record: createReplayRecord(
      { steps: options.toStep, stepSeconds: settings.stepSeconds },
      settings.resources,
    ),
    expectations: new Map(),
  };
  for (const bytes of job.clusterModels) await ports.models.put(bytes);
  await feedHistory(ports.history, job, { from: scenario.firstStep, to: options.fromStep });
  for (let step = scenario.firstStep; step < options.fromStep; step++) remember(run, step);

  const visits = new Map(job.visits.map((visit) => [visit.atSeconds, visit]));
  let trainings = 0;
  for (let step = options.fromStep; step < options.toStep; step++) {
    const visit = visits.get(secondsOf(job, step));
    if (visit) {
      const { trained } = await visitTraining(ports, { job, visit }, settings);
      trainings += Object.keys(trained).length;
    }
    const decision = await allocateStep(ports, run, step);
    await monitorReplayed(ports, run, { step, decision });
    remember(run, step);
  }
  const profile = await ports.profiles.application(job.applicationId);
  const incidents = await ports.incidents.incidents(job.applicationId);
  return summarizeRun({ ...run, profile, incidents, trainings });
}

async function allocateStep(
  ports: ReplayPorts,
  run: Run,
  step: number,
): Promise<AllocationDecision> {
  const { job, settings, group, record } = run;
  const { applicationId, applicationType } = job;
  const nowSeconds = secondsOf(job, step);
  group.advanceTo(step);
  const before = group.desired;
  const profile = await ports.profiles.application(applicationId);
  // The report draws one forecast over the whole horizon, the newest that can be compared with what came.
  const isDrawn = step + settings.training.horizon === run.scenario.options.toStep;
  const wanted = isDrawn ? undefined : run.wanted;
  const forecast = profile && (await forecastOf(ports, { profile, nowSeconds, wanted }, settings));
  const { instanceCapacity, options } = run.scenario;
  const target = { instanceCapacity, limits: options.limits };
  const shares = forecast && expectedShares({ forecast, target, memories: run.memories }, settings);
  const decision = await grantAllocation(
    {
      profiles: ports.profiles,
      incidents: ports.incidents,
      target: simulatedTarget(run, step),
    },
    {
      applicationId,
      applicationType,
      requested: null,
      nowSeconds,
      profile,
      forecast,
      sharesFor: () => shares,
    },
    settings,
  );
  run.expectations.set(decision.expected.atSeconds, decision.expected.byResource);
  record.inService[step] = group.inService;
  const changed = group.desired !== before;
  const drawn = isDrawn ? forecast : null;
  record.note(step, { decision, before, serving: group.inService, changed, drawn });
  await decideVariants(ports, run, {
    step,
    forecast,
    shares,
    profileVersion: profile?.version ?? null,
  });
  return decision;
}

async function decideVariants(
  ports: ReplayPorts,
  { job, scenario, variants }: Run,
  known: {
    readonly step: number;
    readonly forecast: FootprintForecast | null;
    readonly shares: InstanceShares | null;
    readonly profileVersion: number | null;
  },
): Promise<void> {
  if (variants.length === 0) return;
  const { detector } = await readMonitorState(ports.incidents, job.applicationId);
  const incidents = incidentCorrection(detector);
  const input = {
    applicationId: job.applicationId,
    applicationType: job.applicationType,
    requested: null,
    forecast: known.forecast,
    shares: known.shares,
    target: { limits: scenario.options.limits, instanceCapacity: scenario.instanceCapacity },
    profileVersion: known.profileVersion,
    nowSeconds: secondsOf(job, known.step),
  };
  for (const variant of variants) variant.decide(known.step, input, incidents);
}

/** What was used in a step, measured or not, enters the memories. */
function remember({ job, memories }: Run, step: number): void {
  for (const [resource, memory] of Object.entries(memories)) {
    memory.push(replayedFootprint(job, step)[resource as Resource] ?? NaN);
  }
}

/** The step's measurement arrives: it is stored, compared with allocation and forecast, and shown to the variants. */
async function monitorReplayed(
  ports: ReplayPorts,
  { job, settings, variants, expectations }: Run,
  { step, decision }: { readonly step: number; readonly decision: AllocationDecision },
): Promise<void> {
  const actual = replayedFootprint(job, step);
  const stepSeconds = secondsOf(job, step);
  const expected = expectations.get(stepSeconds) ?? {};
  expectations.delete(stepSeconds);
  if (!isMeasured(actual)) return;
  await feedHistory(ports.history, job, { from: step, to: step + 1 });
  await monitorStep(
    ports,
    { applicationId: job.applicationId, stepSeconds, actual, decision, expected },
    settings,
  );
  for (const variant of variants) variant.observe(actual);
}
