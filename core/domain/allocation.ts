import type { Footprint, Resource } from './footprint.ts';

export type AllocationSource = 'default' | 'forecast' | 'cluster-forecast';

/** Limits of the thing that is scaled, as its owner set them. */
export interface CapacityLimits {
  readonly minInstances: number;
  readonly maxInstances: number;
}

/** How the number of instances came about. */
export interface InstanceReason {
  /** In service or starting when the decision was made. */
  readonly current: number;
  /** Instances that pay once those asked for now are in service. */
  readonly asked: number;
  /** Instances that pay to keep, of those there are; at least `asked`. */
  readonly kept: number;
  /** What monitoring demands at least. */
  readonly floor: number;
  /** Instances that can be had now, where that is less than the maximum. */
  readonly available?: number;
  /** What reactive behaviour would hold; null unless the circuit breaker put it in the forecast's place. */
  readonly fallback: number | null;
  /** An instance pays if this share of it is expected to be used: 1 − quantile. */
  readonly leastShare: number;
  /** Expected use, at the end of the lead time, of the last instance of the decision and of the next one; null beyond the limits. */
  readonly lastShare: number | null;
  readonly nextShare: number | null;
}

/** Why a decision is what it is, in numbers: enough to recompute it by hand. */
export interface DecisionReason {
  readonly source: AllocationSource;
  /** Need at the chosen quantile: its largest value over the lead time, before margin and limits. */
  readonly forecast: Footprint;
  readonly quantile: number;
  /** What could be given at most: limits times instance capacity. */
  readonly available: Footprint;
  /** Resources whose forecast is too uncertain to be trusted without a margin. */
  readonly unreliable: readonly Resource[];
  /** Safety margin times safety factor that was added, per resource (0 where reliable). */
  readonly safetyMargin: Footprint;
  /** What monitoring and open incidents added, per resource. */
  readonly correction: Footprint;
  readonly limits: CapacityLimits;
  readonly instanceCapacity: Footprint;
  /** Absent where nothing is counted in instances, and in decisions of versions before 0.2. */
  readonly instances?: InstanceReason;
  /** Model per resource, for example "exponential-smoothing". */
  readonly model: Readonly<Partial<Record<Resource, string>>>;
  readonly profileVersion: number | null;
  /** How long a new instance takes; absent in decisions of versions before 0.2. */
  readonly warmUpSeconds?: number;
}

/** The reason of a decision that is logged. */
export interface AllocationReason extends DecisionReason {
  /** One sentence for people. */
  readonly summary: string;
}

/** Where the next measurement should lie if the forecast is right: the calibrated interval and the median. */
export interface ExpectedInterval {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** What a later step should use if the forecast is right. */
export interface Expectation {
  /** Start of that step, Unix seconds. */
  readonly atSeconds: number;
  readonly byResource: Readonly<Partial<Record<Resource, ExpectedInterval>>>;
}

/** What the controller decides, in numbers. */
export interface Decision {
  readonly applicationId: string;
  readonly decidedAtSeconds: number;
  readonly validUntilSeconds: number;
  readonly allocated: Footprint;
  /** What the instances in service hold when the decision is made; new instances come later. */
  readonly serving?: Footprint;
  readonly instances: number;
  readonly reason: DecisionReason;
}

/** A decision as it is logged and shown. */
export interface AllocationDecision extends Decision {
  /** What the step one forecast lag later is expected to use; monitoring compares with it. */
  readonly expected: Expectation;
  readonly reason: AllocationReason;
}
