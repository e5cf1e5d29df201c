import type { Composition } from '#models/contract/composition.ts';
import type { CandidateScore, ForecastShape } from '#models/contract/forecast-model.ts';
import type { Footprint, Resource } from './footprint.ts';

/** Reference to the stored history of one resource of one application. */
export interface HistoryReference {
  /** Location of the store, for example "duckdb:.foreprint/store.duckdb". */
  readonly store: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly points: number;
  /** Steps between `from` and `to` without a measurement. */
  readonly missing: number;
}

/** Reliability of a forecast, from cross-validation. */
export interface Reliability {
  /**
   * Mean width of the calibrated 80 % interval over the warm-up horizon ÷ mean absolute value of
   * the series.
   */
  readonly relativeWidth: number;
  /** Mean weighted quantile loss in cross-validation. */
  readonly loss: number;
  /** Share of cross-validation points inside the calibrated 80 % interval. */
  readonly coverage80: number;
}

/** A trained model of one resource. The file is immutable and named by its hash. */
export interface ModelReference {
  /**
   * Name of the model in its file: families joined by & where they are averaged, by + along the
   * horizon.
   */
  readonly model: string;
  readonly composition: Composition;
  readonly file: string;
  readonly sha256: string;
  readonly shape: ForecastShape;
  readonly trainedFromSeconds: number;
  readonly trainedToSeconds: number;
  /** Scores of each candidate from the last training that it took part in. */
  readonly crossValidation: readonly CandidateScore[];
  /** Time of the last training in which all candidates competed. */
  readonly competedAtSeconds?: number;
  readonly reliability: Reliability;
  /** Penalties of candidates whose forecasts failed in use; absent without any. */
  readonly penalties?: readonly Penalty[];
}

/** A candidate whose forecasts were worse in use than simple forecasts. */
export interface Penalty {
  readonly model: string;
  /** Factor on the candidate's validation loss at `atSeconds`; the excess over 1 decays. */
  readonly factor: number;
  readonly atSeconds: number;
}

/**
 * A stretch of use clearly above what is usual at its time of day. Times are local, in seconds like
 * Unix seconds, so that a peak at nine stays one at nine after a change of the clock.
 */
export interface Peak {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Largest use in equal parts of the stretch, in the resource's unit. */
  readonly uses: readonly number[];
  /** Median use of the week that ends with its day. */
  readonly level: number;
}

/** Peaks of one resource, as far back as its history reaches. */
export interface PeakLog {
  readonly timeZone: string;
  /** What was searched, in local time. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** In the order of time; they do not overlap. */
  readonly peaks: readonly Peak[];
}

/**
 * Results of training and refinement for one application. The current allocation is not part of it:
 * it is the newest entry of the allocation log, because it changes every few minutes.
 */
export interface ApplicationProfile {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Null while the application has a profile of its own. */
  readonly clusterId: string | null;
  readonly historicalData: Readonly<Partial<Record<Resource, HistoryReference>>>;
  readonly predictiveModel: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Peaks that may recur; absent in profiles written before version 0.2. */
  readonly peaks?: Readonly<Partial<Record<Resource, PeakLog>>>;
  /**
   * Largest brief peak of memory on each of the last days before the last training, newest first, 0
   * for a day without one; absent in profiles written before version 0.2.
   */
  readonly memoryPeaks?: readonly number[];
  /** Number of consecutive refinements in which the footprint diverged from the cluster. */
  readonly divergenceStreak: number;
  /** Increases by one with every write. A write names the version that it replaces. */
  readonly version: number;
}

export interface ClusterProfile {
  /** Made of the cluster's first medoid; stays the same while the cluster is continued. */
  readonly clusterId: string;
  /** Current medoid and its shape, for people; absent in profiles written before version 0.2. */
  readonly name?: string;
  readonly applications: readonly string[];
  /** Mean footprint of the members per resource: [[Unix seconds, value], …]. */
  readonly averageFootprint: Readonly<
    Partial<Record<Resource, readonly (readonly [number, number])[]>>
  >;
  /** The member with the smallest total distance to the others. */
  readonly medoid: string;
  /** Models trained on the members' mean shape, in units of an application's own mean level. */
  readonly predictiveModel: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Mean level of the members per resource. */
  readonly meanLevel: Footprint;
  readonly version: number;
}
