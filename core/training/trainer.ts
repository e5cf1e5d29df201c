import type { Resource } from '#core/domain/footprint.ts';
import type { Reliability } from '#core/domain/profiles.ts';
import type { NetworkSettings } from '#core/domain/settings/settings.ts';
import type { Composition } from '#models/contract/composition.ts';
import type { CandidateScore, ForecastShape } from '#models/contract/forecast-model.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import type { RegularSeries } from '#models/series/series.ts';

/** Everything one training needs; plain data, so that it can cross to a worker or into a Lambda. */
export interface TrainingJob {
  readonly resource: Resource;
  readonly unit: string;
  /** NaN where nothing was measured. */
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
  /** Rolling origins of the cross-validation. */
  readonly origins: number;
  /** By a candidate's name, see TrainingOptions; none where absent. */
  readonly penalties?: Readonly<Record<string, number>>;
  /** Names of the candidates that compete; all where absent. */
  readonly candidates?: readonly string[];
  /** Files that others made, each with its forecasts for this series; none where absent. */
  readonly external?: readonly ExternalCandidate[];
  /** Lets a network compete that is trained on these series; none where absent. */
  readonly network?: NetworkJob;
  /** Lets a small network compete that is trained on the series itself; none where absent. */
  readonly ownNetwork?: OwnNetworkJob;
}

export interface OwnNetworkJob {
  readonly seed: number;
}

export interface NetworkJob extends NetworkSettings {
  /** On the grid of the job's series, NaN where nothing was measured. */
  readonly members: readonly Float64Array[];
}

export interface TrainedFile {
  readonly kind: 'trained';
  readonly model: string;
  readonly composition: Composition;
  readonly onnx: Uint8Array;
  /** The shape the model really has: a short history shortens the context. */
  readonly shape: ForecastShape;
  readonly crossValidation: readonly CandidateScore[];
  readonly reliability: Reliability;
  readonly trainedFromSeconds: number;
  readonly trainedToSeconds: number;
}

export type TrainerResult =
  TrainedFile | { readonly kind: 'too-little-data'; readonly reason: string };

/** Runs one training: in this thread, in a pool of workers, in a function of its own. */
export type Trainer = (job: TrainingJob) => Promise<TrainerResult>;
