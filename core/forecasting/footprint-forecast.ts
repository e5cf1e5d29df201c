import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { Resource } from '#core/domain/footprint.ts';
import type { Reliability } from '#core/domain/profiles.ts';

/** The forecast of one resource and what is known of its worth. */
export interface ResourceForecast {
  readonly quantiles: QuantileForecast;
  readonly model: string;
  /** Of a model from its cross-validation, without one from the forecast itself. */
  readonly reliability: Pick<Reliability, 'relativeWidth'>;
}

/** Forecasts of an application; resources without a model are absent. */
export interface FootprintForecast {
  /** "cluster-forecast" if any resource had to borrow the model of the application's cluster. */
  readonly source: 'forecast' | 'cluster-forecast';
  readonly byResource: Readonly<Partial<Record<Resource, ResourceForecast>>>;
}
