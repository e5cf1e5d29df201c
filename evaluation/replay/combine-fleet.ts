import type { Settings } from '#core/domain/settings/settings.ts';
import { targetTracking } from '#evaluation/baselines/target-tracking.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import type { FleetInput } from './fleet-input.ts';
import {
  addTallies,
  EMPTY_TALLY,
  frontierPoint,
  summarizeTally,
  type PolicyTally,
} from './policy-tally.ts';
import type {
  ClusterMove,
  FleetShortage,
  FrontierPoint,
  PolicySummary,
  ReplayCluster,
  ReplayResult,
} from './replay-result.ts';
import type { ReplayedApplication } from './summarize-run.ts';

export interface FleetParts {
  readonly input: FleetInput;
  readonly settings: Settings;
  readonly fromStep: number;
  readonly steps: number;
  readonly replayed: readonly ReplayedApplication[];
  readonly clusters: readonly ReplayCluster[];
  readonly moves: readonly ClusterMove[];
}

/** Adds the applications' tallies up to the fleet's result. */
export function combineFleet(parts: FleetParts): ReplayResult {
  const { input, settings, replayed } = parts;
  const fromSeconds = input.applications[0].window.startSeconds;
  return {
    trace: {
      applications: input.applications.length,
      steps: parts.steps,
      stepSeconds: input.stepSeconds,
      fromSeconds,
      evaluatedFromSeconds: fromSeconds + parts.fromStep * input.stepSeconds,
      resources: settings.resources,
      service: input.plan.service ?? WHOLE_SERVICE,
      leadSeconds: settings.detection.leadSeconds,
      sources: input.sources,
      simulated: input.simulated,
    },
    policies: policyTotals(replayed, input.stepSeconds),
    frontier: frontierTotals(replayed, input.stepSeconds),
    models: modelCounts(replayed),
    clusters: parts.clusters,
    moves: parts.moves,
    anomalies: replayed.reduce((sum, { replay }) => sum + replay.incidents.length, 0),
    worstShortages: worstOfFleet(replayed),
    applications: replayed.map(({ replay }) => replay),
  };
}

/** Per policy the shortage with the most unserved instance-steps of any application. */
function worstOfFleet(replayed: readonly ReplayedApplication[]): FleetShortage[] {
  const worst = new Map<string, FleetShortage>();
  for (const { replay } of replayed) {
    for (const shortage of replay.worstShortages) {
      const known = worst.get(shortage.policy);
      if (known && known.unserved >= shortage.unserved) continue;
      worst.set(shortage.policy, { ...shortage, applicationId: replay.applicationId });
    }
  }
  const order = replayed[0]?.tallies.map(({ name }) => name) ?? [];
  return order.flatMap((name) => worst.get(name) ?? []);
}

function policyTotals(
  replayed: readonly ReplayedApplication[],
  stepSeconds: number,
): PolicySummary[] {
  const totals = new Map<string, PolicyTally>();
  for (const { name, tally } of replayed.flatMap(({ tallies }) => tallies)) {
    totals.set(name, addTallies(totals.get(name) ?? EMPTY_TALLY, tally));
  }
  const reference = totals.get(targetTracking.name) ?? null;
  return [...totals].map(([name, tally]) =>
    summarizeTally(name, tally, { stepSeconds, reference }),
  );
}

function frontierTotals(
  replayed: readonly ReplayedApplication[],
  stepSeconds: number,
): FrontierPoint[] {
  const totals = new Map<string, { policy: string; knob: number; tally: PolicyTally }>();
  for (const { policy, knob, tally } of replayed.flatMap(({ knobs }) => knobs)) {
    const key = `${policy} ${knob}`;
    const sum = addTallies(totals.get(key)?.tally ?? EMPTY_TALLY, tally);
    totals.set(key, { policy, knob, tally: sum });
  }
  return [...totals.values()].map((total) => frontierPoint(total, total.tally, stepSeconds));
}

/**
 * How many applications each model serves at the end; those without a model of their own are
 * counted as such.
 */
function modelCounts(replayed: readonly ReplayedApplication[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { model } of replayed) {
    const name = model ?? 'none';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
