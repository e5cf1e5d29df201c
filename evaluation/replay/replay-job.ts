import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { Footprint, FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { Settings } from '#core/domain/settings/settings.ts';
import type { PolicyPlan } from './policy-plan.ts';

/** Everything the replay of one application needs; plain data, so that it can cross to a worker. */
export interface ReplayJob {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /**
   * The application's whole trace on the trace's grid. The replay lets nothing but the oracle see
   * ahead in it.
   */
  readonly window: FootprintWindow;
  /** The group as it is; the replay makes one up where it is not known. */
  readonly group?: ReplayedGroup;
  /** First step in which policies act and are counted. */
  readonly fromStep: number;
  readonly settings: Settings;
  readonly plan: PolicyPlan;
  /** Every training instant, in order, with what refinement said then. */
  readonly visits: readonly ClusterVisit[];
  /** Files of the cluster models that the visits refer to. */
  readonly clusterModels: readonly Uint8Array[];
}

/** A group that really exists, as the replay needs it. */
export interface ReplayedGroup {
  /** What one of its instances holds; resources that are null limit nothing. */
  readonly instanceCapacity: Footprint;
  readonly limits: CapacityLimits;
  /** Instances that every policy starts with. */
  readonly initialInstances: number;
}

/** What one refinement said of one application. */
export interface ClusterVisit {
  readonly atSeconds: number;
  readonly clusterId: string | null;
  readonly divergenceStreak: number;
  /**
   * The cluster itself, only while the application has too little history for a model of its own.
   */
  readonly cluster: ClusterProfile | null;
}
