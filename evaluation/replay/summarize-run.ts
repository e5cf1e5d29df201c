import type { Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import { modelName } from '#core/text/model-name.ts';
import { findBaseline } from '#evaluation/baselines/all-baselines.ts';
import { oracle } from '#evaluation/baselines/oracle.ts';
import { staticPeak } from '#evaluation/baselines/static-peak.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { verdictOf, type Verdict } from '#evaluation/service/verdict.ts';
import type { SimulatedGroup } from '#evaluation/simulation/simulated-group.ts';
import { demandInInstances } from '#evaluation/simulation/size-instances.ts';
import { worstShortage } from '#evaluation/simulation/worst-shortage.ts';
import type { FrontierVariant } from './frontier-variant.ts';
import { frontierPoint, summarizeTally, tallyPolicy, type PolicyTally } from './policy-tally.ts';
import type { ReplayJob } from './replay-job.ts';
import type { ReplayRecord } from './replay-record.ts';
import type { ApplicationReplay, PolicySummary } from './replay-result.ts';
import type { Scenario } from './replay-scenario.ts';
import { runBaselines, sweepBaselines, type BaselineScenario } from './run-baselines.ts';

export const FOREPRINT = 'foreprint';
/** Policies whose every step is kept; a fleet's worth of all of them would be gigabytes. */
const DRAWN: readonly string[] = [FOREPRINT, targetTracking.name, staticPeak.name, oracle.name];

export interface KnobTally {
  readonly policy: string;
  readonly knob: number;
  readonly tally: PolicyTally;
}

/** One replayed application with the sums that the fleet's totals are made of. */
export interface ReplayedApplication {
  readonly replay: ApplicationReplay;
  readonly tallies: readonly { readonly name: string; readonly tally: PolicyTally }[];
  readonly knobs: readonly KnobTally[];
  /** Model of the first replayed resource at the end, null if there is none. */
  readonly model: string | null;
}

export interface FinishedRun {
  readonly job: ReplayJob;
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly group: SimulatedGroup;
  readonly variants: readonly FrontierVariant[];
  readonly record: ReplayRecord;
  readonly profile: ApplicationProfile | null;
  readonly incidents: readonly Incident[];
  readonly trainings: number;
}

/**
 * Lets the baseline policies run on the same demand and puts everything of one application
 * together.
 */
export function summarizeRun(run: FinishedRun): ReplayedApplication {
  const { job, scenario, settings, record } = run;
  const { demand, options, service } = scenario;
  const { fromStep } = options;
  const { objective } = service;
  const { stepSeconds, startSeconds } = job.window;
  const parts = partsOf(run);
  const baselineScenario = { demand, parts, stepSeconds, startSeconds, options, service };
  const swept = job.plan.baselines.map(({ name, knobs: settings }) => ({
    baseline: findBaseline(name),
    knobs: settings,
  }));
  const tally = (inService: Float64Array, actions: number) =>
    tallyPolicy(demand, inService, { fromStep, actions, objective });
  const baselines = runBaselines(
    swept.map(({ baseline }) => baseline),
    baselineScenario,
  );
  const own = tally(record.inService, run.group.actions);
  const runs = [{ name: FOREPRINT, inService: record.inService, tally: own }, ...baselines];
  const present = baselines.find(({ name }) => name === targetTracking.name)?.tally ?? null;
  const policies = runs.map(({ name, tally: sums }) =>
    summarizeTally(name, sums, { stepSeconds, reference: present }),
  );
  const knobs: KnobTally[] = [
    ...run.variants.map(({ quantile, inService, group }) => ({
      policy: FOREPRINT,
      knob: quantile,
      tally: tally(inService, group.actions),
    })),
    ...sweepBaselines(swept, baselineScenario, baselines),
  ];
  return {
    replay: {
      applicationId: job.applicationId,
      applicationType: job.applicationType,
      clusterId: run.profile?.clusterId ?? null,
      actual: measuredValues(job, settings.resources),
      instanceCapacity: scenario.sizes,
      demand,
      inService: Object.fromEntries(
        runs
          .filter(({ name }) => DRAWN.includes(name))
          .map(({ name, inService }) => [name, inService]),
      ),
      policies,
      verdict: verdictBeside(policies, service.threshold),
      frontier: knobs.map((knob) => frontierPoint(knob, knob.tally, stepSeconds)),
      fan: record.fan,
      expected: record.expected,
      incidents: run.incidents,
      crossValidation: crossValidationOf(run.profile),
      trainings: run.trainings,
      worstShortages: runs.flatMap(
        ({ name, inService }) =>
          worstShortage(name, { demand, inService }, { fromStep, objective }) ?? [],
      ),
      decisions: record.decisions,
      decisionCount: record.decisionCount,
      decisionLog: record.log,
    },
    tallies: runs.map(({ name, tally: sums }) => ({ name, tally: sums })),
    knobs,
    model: modelOf(run.profile, settings.resources[0]),
  };
}

/** Foreprint beside target tracking; null where that was not replayed. */
function verdictBeside(policies: readonly PolicySummary[], threshold: number): Verdict | null {
  const own = policies.find(({ name }) => name === FOREPRINT);
  const present = policies.find(({ name }) => name === targetTracking.name);
  return own && present ? verdictOf(own, present, threshold) : null;
}

/** Need for memory alone and for the other resources, where memory is replayed beside others. */
function partsOf({ job, scenario, settings }: FinishedRun): BaselineScenario['parts'] {
  const { resources } = settings;
  if (!resources.includes('memory') || scenario.sizes.memory === undefined) return undefined;
  const others = resources.filter((resource) => resource !== 'memory');
  return {
    memory: demandInInstances(job.window, ['memory'], scenario.sizes),
    others: demandInInstances(job.window, others, scenario.sizes),
  };
}

function measuredValues(
  { window }: ReplayJob,
  resources: readonly Resource[],
): Partial<Record<Resource, Float64Array>> {
  return Object.fromEntries(resources.map((resource) => [resource, window.values[resource]]));
}

function crossValidationOf(
  profile: ApplicationProfile | null,
): ApplicationReplay['crossValidation'] {
  return Object.fromEntries(
    Object.entries(profile?.predictiveModel ?? {}).map(([resource, { crossValidation }]) => [
      resource,
      crossValidation,
    ]),
  );
}

function modelOf(profile: ApplicationProfile | null, resource: Resource): string | null {
  const reference = profile?.predictiveModel[resource];
  return reference ? modelName(reference.composition) : null;
}
