/** CPU in cores, memory in bytes, disk and network in bytes per second. */
export type ResourceName = 'cpu' | 'memory' | 'disk' | 'network';

export type Amounts = Readonly<Partial<Record<ResourceName, number>>>;

/** What an application used, all of its instances together; null or NaN where not measured. */
export type Usage = Readonly<Partial<Record<ResourceName, readonly (number | null)[]>>>;

export interface DecisionRequest {
  readonly usage: Usage;
  /** Start of the first step of `usage` in Unix seconds. The decision is made at its end. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** What one instance holds; a resource that is absent limits nothing. */
  readonly instance: Amounts;
  readonly currentInstances: number;
  /** 1 where absent. */
  readonly minInstances?: number;
  readonly maxInstances: number;
  /** From the decision to a new instance in service; 600 where absent. */
  readonly warmUpSeconds?: number;
  /** Cost of an instance-hour that is missing, beside one that is idle; 9 where absent. */
  readonly shortageCost?: number;
  /** Share of an instance's capacity that may be used, per resource; 1 where absent. */
  readonly targetUtilization?: Amounts;
}

export interface InstanceDecision {
  readonly instances: number;
  /** What the instances hold. */
  readonly allocated: Readonly<Record<ResourceName, number | null>>;
  readonly validUntilSeconds: number;
  /** One sentence for people. */
  readonly summary: string;
  /** Need at the quantile that costs lead to, over the warm-up. */
  readonly need: Readonly<Record<ResourceName, number | null>>;
  /** An instance pays from this expected use on. */
  readonly leastShare: number;
  /** Expected use of the last instance and of the next; null where nothing was forecast. */
  readonly lastShare: number | null;
  readonly nextShare: number | null;
}

export interface TraceApplication {
  readonly applicationId: string;
  readonly usage: Usage;
}

/** Usage of a fleet on one grid; all arrays have the same length. */
export interface FleetTrace {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly applications: readonly TraceApplication[];
}

export interface ReplayOptions {
  /** Policies beside Foreprint, by name; target tracking at 70 % where absent. */
  readonly policies?: readonly string[];
  /** Resources to replay; cpu where absent. */
  readonly resources?: readonly ResourceName[];
  /** What one instance holds; a twelfth of the first week's peak where absent. */
  readonly instance?: Amounts;
  /** Share of an instance's capacity up to which it serves well; 0.85 where absent. */
  readonly objective?: number;
}

export interface PolicyFigures {
  readonly name: string;
  readonly instanceHours: number;
  /** Share of all demand above what the capacity in service serves well. */
  readonly unservedDemand: number;
  /** Share of steps with any unserved demand. */
  readonly shortSteps: number;
  readonly scalingActions: number;
}

export interface ReplayedApplicationFigures {
  readonly applicationId: string;
  readonly policies: readonly PolicyFigures[];
  /** Beside target tracking; null where that was not replayed. */
  readonly verdict: {
    readonly cost: 'lower' | 'same' | 'higher';
    readonly service: 'better' | 'same' | 'worse';
  } | null;
}

export interface FleetReplay {
  /** The first step that counts, in Unix seconds: a week of history comes first. */
  readonly evaluatedFromSeconds: number;
  readonly policies: readonly PolicyFigures[];
  readonly applications: readonly ReplayedApplicationFigures[];
}
