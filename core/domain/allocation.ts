import type { Footprint, Resource } from './footprint.ts';
import type { ModelFault } from './model-fault.ts';

export type AllocationSource = 'default' | 'forecast' | 'cluster-forecast';

/** Limits of the scaled target, as its owner set them. */
export interface CapacityLimits {
  readonly minInstances: number;
  readonly maxInstances: number;
}

/** What stood behind a decision that holds service to target tracking's. */
export interface ServiceReason {
  /** Instances that pay by every tried mix of evidence at every tried quantile. */
  readonly tried: readonly number[];
  /** Whether a dynamic policy of the group's own stood beside. */
  readonly isBeside: boolean;
}

/**
 * By what the number of instances was chosen: the fewest that of late served no worse than target
 * tracking (record) or were short for no more of the time than asked for (level), what cost least
 * (costs), or target tracking itself, where nothing tried has done better.
 */
export type RecordDecider = 'record' | 'tracking' | 'level' | 'costs';

/** Reason for the number of instances of a decision. */
export interface InstanceReason {
  /** Instances in service or starting when the decision was made. */
  readonly current: number;
  /**
   * Number of instances that are worth starting: each is expected to be used by at least
   * `leastShare` once it is in service.
   */
  readonly asked: number;
  /** Number of existing instances that are worth keeping; at least `asked`. */
  readonly kept: number;
  /** Smallest number of instances that monitoring and the daily peaks of memory require. */
  readonly floor: number;
  /** Instances that pay for recurring peaks alone; absent where none is expected. */
  readonly inPeaks?: number;
  /**
   * What decided where the application's own record does; absent where all evidence was pooled for
   * the costs.
   */
  readonly decidedBy?: RecordDecider;
  /** What the next decisions learn from; absent where all evidence was pooled. */
  readonly service?: ServiceReason;
  /** Instances that an expected event holds at least; absent where none does. */
  readonly atLeast?: number;
  /** Instances available now, if that is less than the maximum. */
  readonly available?: number;
  /** An instance is worth its cost if it is expected to be used by this share: 1 − quantile. */
  readonly leastShare: number;
  /**
   * Expected use, at the end of the warm-up horizon, of the last instance of the decision and of
   * the next one; null beyond the limits.
   */
  readonly lastShare: number | null;
  readonly nextShare: number | null;
}

/** Why a decision is what it is, in numbers: enough to recompute it by hand. */
export interface DecisionReason {
  readonly source: AllocationSource;
  /**
   * Need at the chosen quantile: its largest value over the warm-up horizon, before margin and
   * limits.
   */
  readonly forecast: Footprint;
  readonly quantile: number;
  /** Largest possible allocation: maximum instances × instance capacity. */
  readonly available: Footprint;
  /** Resources whose forecast is too uncertain to be used without a margin. */
  readonly unreliable: readonly Resource[];
  /** Safety margin × safety factor that was added per resource; 0 for a reliable forecast. */
  readonly safetyMargin: Footprint;
  /** Amount that monitoring and open incidents added per resource. */
  readonly correction: Footprint;
  /** Bytes that are held for brief daily peaks of memory; absent where none are. */
  readonly memoryFloor?: number;
  /** Expected events that the decision looks ahead to, in words; absent where there are none. */
  readonly expected?: readonly string[];
  readonly limits: CapacityLimits;
  readonly instanceCapacity: Footprint;
  /** Absent if nothing is counted in instances, and in decisions of versions before 0.2. */
  readonly instances?: InstanceReason;
  /** Model per resource, for example "exponential-smoothing". */
  readonly model: Readonly<Partial<Record<Resource, string>>>;
  readonly profileVersion: number | null;
  /** Instance warm-up in seconds; absent in decisions of versions before 0.2. */
  readonly warmUpSeconds?: number;
}

/** The reason of a decision that is logged. */
export interface AllocationReason extends DecisionReason {
  /** One sentence for people, and one for each model that cannot be used. */
  readonly summary: string;
  /** Models that could not be used; absent where there are none. */
  readonly modelFaults?: readonly ModelFault[];
}

/** Calibrated interval and median of the forecast of one measurement. */
export interface ExpectedInterval {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Forecast of a later step, with which its measurement will be compared. */
export interface Expectation {
  /** Start of that step in Unix seconds. */
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
