import type { CandidateScore, ForecastShape } from '#models/contract/forecast-model.ts';
import type { Footprint, Resource } from './footprint.ts';

/** What the history store holds of one resource of one application. */
export interface HistoryReference {
  /** Where the points are, for example "duckdb:.foreprint/store.duckdb". */
  readonly store: string;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly points: number;
  /** Steps between `from` and `to` without a measurement. */
  readonly missing: number;
}

/** How far a forecast can be trusted, judged from cross-validation. */
export interface Reliability {
  /** Mean width of the calibrated 80 % interval over the lead time ÷ mean absolute value of the series. */
  readonly relativeWidth: number;
  /** Mean weighted quantile loss in cross-validation. */
  readonly loss: number;
  /** Share of cross-validation points inside the calibrated 80 % interval. */
  readonly coverage80: number;
}

/** A trained model of one resource. The file is immutable and named by its hash. */
export interface ModelReference {
  readonly model: string;
  readonly file: string;
  readonly sha256: string;
  readonly shape: ForecastShape;
  readonly trainedFromSeconds: number;
  readonly trainedToSeconds: number;
  /** Each candidate's scores from the newest training it took part in. */
  readonly crossValidation: readonly CandidateScore[];
  /** When all candidates competed last. */
  readonly competedAtSeconds?: number;
  readonly reliability: Reliability;
  /** What candidates of earlier trainings are held to, because their forecasts failed; none where absent. */
  readonly penalties?: readonly Penalty[];
  /** Of a cluster's model: the network that is part of it, for the members to begin with; absent where none is. */
  readonly network?: NetworkReference;
}

/** A trained network. The file is immutable and named by its hash. */
export interface NetworkReference {
  readonly file: string;
  readonly sha256: string;
  /** Nothing at or after this instant was learned from. */
  readonly learnedToSeconds: number;
}

/** A candidate whose forecasts did worse in use than simple forecasters. */
export interface Penalty {
  readonly model: string;
  /** Its validation losses count so many times, at `atSeconds`; the excess over 1 fades. */
  readonly factor: number;
  readonly atSeconds: number;
}

/**
 * What was learnt of an application. Its current resource allocation is the newest entry of the allocation log: it
 * changes every few minutes, the profile only with a training or a refinement.
 */
export interface ApplicationProfile {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Null while the application has a profile of its own. */
  readonly clusterId: string | null;
  readonly historicalData: Readonly<Partial<Record<Resource, HistoryReference>>>;
  readonly predictiveModel: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Consecutive refinements in which the footprint diverged from the cluster's. */
  readonly divergenceStreak: number;
  /** Increases by one with every write; a write names the version it replaces. */
  readonly version: number;
}

export interface ClusterProfile {
  /** Made of the medoid that the cluster was born with; stays while the cluster is continued. */
  readonly clusterId: string;
  /** The current medoid and its shape, for people; absent in profiles written before version 0.2. */
  readonly name?: string;
  readonly applications: readonly string[];
  /** Mean footprint of the members, per resource [[Unix seconds, value], …]. */
  readonly averageFootprint: Readonly<
    Partial<Record<Resource, readonly (readonly [number, number])[]>>
  >;
  /** The member nearest to all others. */
  readonly medoid: string;
  /** Models trained on the members' mean shape, in units of an application's own mean level. */
  readonly predictiveModel: Readonly<Partial<Record<Resource, ModelReference>>>;
  /** Mean level of the members per resource. */
  readonly meanLevel: Footprint;
  readonly version: number;
}
