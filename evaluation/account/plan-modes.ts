import type { Settings } from '#core/domain/settings/settings.ts';
import type { AccountScenario, runEngine, runPolicy, ServiceRun } from './account-runs.ts';
import type { EnginePorts } from './engine-loop.ts';
import type { OwnPolicy } from './own-policies.ts';
import { summarizeService, type ServiceSummary, type ServiceTally } from './service-tally.ts';

/** What runs a group in the simulated account. */
export interface ModeRuns {
  readonly runEngine: typeof runEngine;
  readonly runPolicy: typeof runPolicy;
  /** Makes stores and models for one run. */
  readonly openPorts: () => EnginePorts;
}

/** A group whose modes are compared. */
export interface PlannedModes {
  readonly scenario: AccountScenario;
  /** All of the group's policies. */
  readonly policies: readonly OwnPolicy[];
  /** Share of the capacity up to which the group counts as served, 0 to 1. */
  readonly objective: number;
  readonly settings: Settings;
}

/** What each mode would have done to a group over the same time. */
export interface ModeFigures {
  readonly evaluatedHours: number;
  /** The group's policies and schedule without Foreprint. */
  readonly alone: ServiceSummary;
  /** A floor beside them. */
  readonly scaleOut: ServiceSummary;
  /** In place of its dynamic policies, which its owner takes away. */
  readonly full: ServiceSummary;
  /** A floor beside policies of a higher target; null where none is proposed. */
  readonly raised: RaisedTarget | null;
}

export interface RaisedTarget {
  /** Targets of the lowest tracking policy, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly service: ServiceSummary;
}

/** Targets that are tried, evenly between the group's own and the objective. */
const TRIED_TARGETS = 3;

/**
 * Runs a group with its own policies alone, beside a floor and without its dynamic policies. Where
 * it has target tracking, also looks for the highest target that, beside a floor, takes fewer
 * hours and serves no worse in either half of the time than the policies do alone: what held in one
 * half by chance fails in the other.
 */
export async function planModes(runs: ModeRuns, planned: PlannedModes): Promise<ModeFigures> {
  const { scenario, policies, objective } = planned;
  const engine = (mode: 'scale-out' | 'full', own: readonly OwnPolicy[]) =>
    runs.runEngine(runs.openPorts(), {
      scenario,
      steering: { mode, tracking: null, policies: own, objective },
      settings: settingsFor(planned, own),
    });
  const alone = runs.runPolicy(scenario, { mode: null, tracking: null, policies, objective });
  const scaleOut = await engine('scale-out', policies);
  const full = await engine('full', policies);
  let raised: RaisedTarget | null = null;
  const from = lowestTarget(policies);
  for (const to of from === null ? [] : targetsAbove(from, objective)) {
    const run = await engine('scale-out', withTarget(policies, to));
    if (from === null || !servesNoWorse(run, alone)) continue;
    raised = { from, to, service: summarizeService(run) };
    break;
  }
  return {
    evaluatedHours: alone.minutes / 60,
    alone: summarizeService(alone),
    scaleOut: summarizeService(scaleOut),
    full: summarizeService(full),
    raised,
  };
}

/** The settings of a deployed stack for this group with such policies. */
function settingsFor(
  { scenario, settings, objective }: PlannedModes,
  policies: readonly OwnPolicy[],
): Settings {
  const { allocation } = settings;
  return {
    ...settings,
    resources: scenario.memory === undefined ? ['cpu'] : ['cpu', 'memory'],
    stepSeconds: scenario.demand.stepSeconds,
    allocation: {
      ...allocation,
      service: 'alarms',
      policyTarget: lowestTarget(policies) ?? allocation.policyTarget,
      warmUpSeconds: scenario.bootSeconds,
      targetUtilization: { ...allocation.targetUtilization, cpu: objective },
    },
  };
}

function lowestTarget(policies: readonly OwnPolicy[]): number | null {
  const targets = policies.flatMap((policy) => (tracksCpu(policy) ? policy.target : []));
  return targets.length === 0 ? null : Math.min(...targets);
}

function tracksCpu(policy: OwnPolicy): policy is OwnPolicy & { readonly kind: 'tracking' } {
  return policy.kind === 'tracking' && (policy.resource ?? 'cpu') === 'cpu';
}

/** Whole percentages above a target and up to the objective, highest first. */
function targetsAbove(target: number, objective: number): readonly number[] {
  const [from, to] = [100 * target, 100 * objective];
  const tried = Array.from({ length: TRIED_TARGETS }, (_, k) =>
    Math.floor(from + ((to - from) * (TRIED_TARGETS - k)) / TRIED_TARGETS + 1e-9),
  );
  return [...new Set(tried)].filter((percent) => percent > from).map((percent) => percent / 100);
}

function withTarget(policies: readonly OwnPolicy[], target: number): readonly OwnPolicy[] {
  return policies.map((policy) =>
    tracksCpu(policy) ? { ...policy, target: Math.max(policy.target, target) } : policy,
  );
}

/** Fewer hours, and in neither half more short steps or unserved demand. */
function servesNoWorse(run: ServiceRun, alone: ServiceRun): boolean {
  const isNoWorse = (ours: ServiceTally, theirs: ServiceTally | undefined) =>
    theirs !== undefined &&
    ours.shortSteps <= theirs.shortSteps &&
    ours.unserved <= theirs.unserved;
  return (
    run.instanceMinutes < alone.instanceMinutes &&
    run.halves.every((half, k) => isNoWorse(half, alone.halves[k]))
  );
}
