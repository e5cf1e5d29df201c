import type { Resource } from '#core/domain/footprint.ts';
import type { Reliability } from '#core/domain/profiles.ts';
import type { EventFactors } from '#core/expectation/event-factors.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';

/** Forecast of one resource and its reliability. */
export interface ResourceForecast {
  readonly quantiles: QuantileForecast;
  readonly model: string;
  /** From cross-validation for a trained model, otherwise from the forecast itself. */
  readonly reliability: Pick<Reliability, 'relativeWidth'>;
}

/** Forecasts of an application; resources without a model are absent. */
export interface FootprintForecast {
  /** "cluster-forecast" if the model of the application's cluster was used for any resource. */
  readonly source: 'forecast' | 'cluster-forecast';
  readonly byResource: Readonly<Partial<Record<Resource, ResourceForecast>>>;
  /** Factors of expected events per step ahead, which the forecasts have; absent where none are. */
  readonly factors?: EventFactors;
}
