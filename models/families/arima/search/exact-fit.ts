import type { ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import type { ArimaFit } from '#models/families/arima/estimation/fit-arima.ts';

/** A series that differencing turns into a constant follows its rule without any error. */
export function exactFit(order: ArimaOrder, mean: number): ArimaFit {
  const none = new Float64Array();
  return {
    order,
    polynomials: { phi: none, theta: none },
    parameters: none,
    mean: order.constant ? mean : 0,
    variance: 0,
    logLikelihood: Infinity,
    aicc: -Infinity,
  };
}
