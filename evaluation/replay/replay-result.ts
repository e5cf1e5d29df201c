import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import type { Elasticity } from '#evaluation/service/elasticity.ts';
import type { Verdict } from '#evaluation/service/verdict.ts';
import type { ServiceRule } from '#evaluation/simulation/service-rule.ts';
import type { WorstShortage } from '#evaluation/simulation/worst-shortage.ts';
import type { CandidateScore, QuantileForecast } from '#models/contract/forecast-model.ts';
import type { DecisionLog } from './decision-log.ts';

/**
 * Totals of one policy over the evaluated steps. Demand and capacity are counted in instances of
 * the application.
 */
export interface PolicySummary {
  readonly name: string;
  readonly instanceHours: number;
  /** Share of all demand above what the capacity in service serves well. */
  readonly unservedDemand: number;
  /** The same in instance-hours. */
  readonly unservedHours: number;
  /** Share of steps with any unserved demand. */
  readonly shortSteps: number;
  readonly scalingActions: number;
  /** Demand within the capacity in service ÷ that capacity. */
  readonly meanUtilization: number;
  readonly elasticity: Elasticity;
}

/**
 * One policy with one setting of its knob: a quantile for Foreprint, see `Baseline.knobName` for
 * the others.
 */
export interface FrontierPoint {
  readonly policy: string;
  readonly knob: number;
  readonly instanceHours: number;
  readonly unservedDemand: number;
}

export interface ReplayTrace {
  readonly applications: number;
  /** Steps from the first to the last of the trace. */
  readonly steps: number;
  readonly stepSeconds: number;
  readonly fromSeconds: number;
  readonly evaluatedFromSeconds: number;
  readonly resources: readonly Resource[];
  readonly service: ServiceRule;
  /** How long before a step it is said what to expect of it. */
  readonly leadSeconds: number;
  /** File names, or the sample fleet's. */
  readonly sources: readonly string[];
  /** True for the sample fleet: nothing in it was measured, and the report says so. */
  readonly simulated: boolean;
}

export interface ReplayCluster {
  readonly clusterId: string;
  /** The medoid and its shape, for people. */
  readonly name: string;
  readonly applications: readonly string[];
  readonly medoid: string;
  /**
   * Mean week of the members per resource, each member divided by its own mean: hourly values,
   * Monday 00:00 UTC first (168).
   */
  readonly averageWeek: Readonly<Partial<Record<Resource, Float64Array>>>;
}

/** A move of an application between clusters, or to or from a profile of its own (null). */
export interface ClusterMove {
  readonly atSeconds: number;
  readonly applicationId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What one application went through; all arrays start at the trace's `fromSeconds`, one value per
 * step.
 */
export interface ApplicationReplay {
  readonly applicationId: string;
  readonly applicationType: string | null;
  readonly clusterId: string | null;
  /** Measured values per replayed resource, NaN where not measured. */
  readonly actual: Readonly<Partial<Record<Resource, Float64Array>>>;
  /** What one instance holds per replayed resource. */
  readonly instanceCapacity: Readonly<Partial<Record<Resource, number>>>;
  /** Need in instances (not rounded) per step, NaN where not measured. */
  readonly demand: Float64Array;
  /**
   * Instances in service per step by policy, for those that the report draws over the whole trace.
   */
  readonly inService: Readonly<Record<string, Float64Array>>;
  readonly policies: readonly PolicySummary[];
  /** Beside target tracking; null where it was not replayed. */
  readonly verdict: Verdict | null;
  /** Sums the frontier is made of. */
  readonly frontier: readonly FrontierPoint[];
  /**
   * The last forecast with at least its whole horizon still in the trace, per resource: actual
   * values can be drawn over it.
   */
  readonly fan: Readonly<Partial<Record<Resource, QuantileForecast>>>;
  /**
   * What was expected of each step one detection lead before it (median and interval) for the first
   * replayed resource; incidents are judged by it.
   */
  readonly expected: {
    readonly lower: Float64Array;
    readonly median: Float64Array;
    readonly upper: Float64Array;
  };
  readonly incidents: readonly Incident[];
  /** The last cross-validation table per resource. */
  readonly crossValidation: Readonly<Partial<Record<Resource, readonly CandidateScore[]>>>;
  readonly trainings: number;
  /** The worst shortage of every policy that had any. */
  readonly worstShortages: readonly WorstShortage[];
  /**
   * Decisions that changed the number of instances, newest first, capped; `decisionCount` counts
   * all of them.
   */
  readonly decisions: readonly AllocationDecision[];
  readonly decisionCount: number;
  /** What every one of its decisions was made of. */
  readonly decisionLog: DecisionLog;
}

/** A shortage and the application it happened to. */
export interface FleetShortage extends WorstShortage {
  readonly applicationId: string;
}

export interface ReplayResult {
  readonly trace: ReplayTrace;
  readonly policies: readonly PolicySummary[];
  readonly frontier: readonly FrontierPoint[];
  /** How many applications each model serves at the end, by the first replayed resource. */
  readonly models: Readonly<Record<string, number>>;
  readonly clusters: readonly ReplayCluster[];
  readonly moves: readonly ClusterMove[];
  readonly anomalies: number;
  /** The worst shortage of every policy in the whole fleet, in the order of the policies. */
  readonly worstShortages: readonly FleetShortage[];
  readonly applications: readonly ApplicationReplay[];
}
