import type { Resource } from '#core/domain/footprint.ts';
import type {
  ApplicationReplay,
  FrontierPoint,
  PolicySummary,
  ReplayResult,
  ReplayTrace,
} from '#evaluation/replay/replay-result.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { fixtureApplication } from './fixture-application.ts';
import { DAY_STEPS, shape, START, STEP } from './fixture-shape.ts';

export interface FixtureOptions {
  readonly applications?: number;
  readonly days?: number;
  readonly simulated?: boolean;
  readonly resources?: readonly Resource[];
  /** Names that replace the first ones. */
  readonly names?: readonly string[];
}

const NAMES = ['shop-front', 'night-batch', 'queue-worker', 'wiki', 'payments'];
function fleetPolicy(applications: readonly ApplicationReplay[], index: number): PolicySummary {
  const own = applications.map(({ policies }) => policies[index]!);
  const mean = (value: (policy: PolicySummary) => number) =>
    own.reduce((sum, policy) => sum + value(policy), 0) / own.length;
  return {
    name: own[0]!.name,
    instanceHours: mean((p) => p.instanceHours) * own.length,
    unservedDemand: mean((p) => p.unservedDemand),
    unservedHours: mean((p) => p.unservedHours) * own.length,
    shortSteps: mean((p) => p.shortSteps),
    scalingActions: mean((p) => p.scalingActions) * own.length,
    meanUtilization: mean((p) => p.meanUtilization),
    elasticity: own[0]!.elasticity,
  };
}

function frontier(policies: readonly PolicySummary[]): readonly FrontierPoint[] {
  const knobs: Readonly<Record<string, readonly number[]>> = {
    foreprint: [0.5, 0.7, 0.8, 0.9, 0.95, 0.99],
    'target-tracking-70': [0.95, 0.9, 0.8, 0.7, 0.6, 0.5],
  };
  return policies.flatMap((policy) =>
    (knobs[policy.name] ?? []).map((knob, k) => ({
      policy: policy.name === 'foreprint' ? 'foreprint' : 'target-tracking',
      knob,
      instanceHours: policy.instanceHours * (1 + (k - 3) * 0.075),
      unservedDemand: policy.unservedDemand * Math.exp((3 - k) * 0.55),
    })),
  );
}

function week(kind: number): Float64Array {
  const values = Float64Array.from({ length: 168 }, (_, hour) => shape(kind, hour * 12));
  const mean = values.reduce((sum, value) => sum + value, 0) / 168;
  return values.map((value) => value / mean);
}

/**
 * A replay made by hand: five kinds of applications, gaps, incidents, decisions, clusters and
 * moves.
 */
export function fixtureReplay(options: FixtureOptions = {}): ReplayResult {
  const { applications: count = 5, days = 10, simulated = false, resources = ['cpu'] } = options;
  const trace: ReplayTrace = {
    applications: count,
    steps: days * DAY_STEPS,
    stepSeconds: STEP,
    fromSeconds: START,
    evaluatedFromSeconds: START + 7 * DAY_STEPS * STEP,
    resources,
    service: WHOLE_SERVICE,
    leadSeconds: 3600,
    sources: simulated ? ['sample fleet'] : ['fixture.parquet'],
    simulated,
  };
  const name = (k: number) =>
    options.names?.[k] ?? (k < NAMES.length ? NAMES[k]! : `${NAMES[k % 5]!}-${k}`);
  const applications = Array.from({ length: count }, (_, k) =>
    fixtureApplication(k, name(k), trace),
  );
  const members = (clusterId: string) =>
    applications.filter((a) => a.clusterId === clusterId).map((a) => a.applicationId);
  const policies = [fleetPolicy(applications, 0), fleetPolicy(applications, 1)];
  const weeks = (kind: number) =>
    Object.fromEntries(resources.map((resource, r) => [resource, week((kind + r) % 3)]));
  return {
    trace,
    policies,
    frontier: frontier(policies),
    models: { 'exponential-smoothing': 3, 'quantile-mixture': 1, 'seasonal-naive': 1 },
    clusters: ['c1', 'c2'].map((clusterId, k) => ({
      clusterId,
      name: `like ${members(clusterId)[0] ?? 'nothing'} (daily, evening peak)`,
      applications: members(clusterId),
      medoid: members(clusterId)[0] ?? '',
      averageWeek: weeks(k),
    })),
    moves: [
      { atSeconds: START + 8 * 86400, applicationId: name(3), from: 'c1', to: null },
      { atSeconds: START + 9 * 86400, applicationId: name(2), from: null, to: 'c2' },
    ],
    anomalies: applications.reduce((sum, a) => sum + a.incidents.length, 0),
    worstShortages: applications
      .flatMap(({ applicationId, worstShortages }) =>
        worstShortages.map((shortage) => ({ ...shortage, applicationId })),
      )
      .slice(0, 2),
    applications,
  };
}
