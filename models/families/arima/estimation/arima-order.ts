/**
 * Orders of a multiplicative seasonal ARIMA(p, d, q)(P, D, Q)[season] (Box and Jenkins 1970,
 * chapter 9).
 */
export interface ArimaOrder {
  readonly p: number;
  readonly d: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalD: number;
  readonly seasonalQ: number;
  /** Steps of one season; 1 without. */
  readonly season: number;
  /** With a mean of the differenced series: the mean where d + D is 0, a drift where it is 1. */
  readonly constant: boolean;
}

/** Free ARMA parameters, in the order φ, θ, Φ, Θ in which parameter vectors hold them. */
export const armaCount = ({ p, q, seasonalP, seasonalQ }: ArimaOrder): number =>
  p + q + seasonalP + seasonalQ;

/** Values that differencing uses up. */
export const lostToDifferences = ({ d, seasonalD, season }: ArimaOrder): number =>
  d + seasonalD * season;

/** As the field writes it, for example "ARIMA(2,0,1)(0,1,1)[24] with drift". */
export function orderText(order: ArimaOrder): string {
  const { p, d, q, seasonalP, seasonalD, seasonalQ, season, constant } = order;
  const seasonal = season > 1 ? `(${seasonalP},${seasonalD},${seasonalQ})[${season}]` : '';
  const name = d + seasonalD === 0 ? 'mean' : 'drift';
  return `ARIMA(${p},${d},${q})${seasonal}${constant ? ` with ${name}` : ''}`;
}
