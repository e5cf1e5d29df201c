import type { ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import type { ArimaFit } from '#models/families/arima/estimation/fit-arima.ts';

export interface SearchLimits {
  readonly p: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalQ: number;
  /** Models fitted at most. */
  readonly models: number;
}

/**
 * Changes tried around the best model so far, in the order of the paper's reference implementation:
 * ΔP, ΔQ, Δp, Δq.
 */
const NEIGHBOURS: readonly (readonly [number, number, number, number])[] = [
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [-1, -1, 0, 0],
  [-1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 1, 0, 0],
  [0, 0, -1, 0],
  [0, 0, 0, -1],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, -1, -1],
  [0, 0, -1, 1],
  [0, 0, 1, -1],
  [0, 0, 1, 1],
];

/**
 * Stepwise search for the order of the least AICc (Hyndman and Khandakar 2008, section 3.2): four
 * models to start with, then the best one's neighbours until none is better.
 * @param differences d, D, season and whether a constant may be tried.
 * @param fit fits an order, given the best fit so far to start from; null where it cannot be
 * fitted.
 * @returns the best fit with a finite criterion, null if there is none.
 */
export function searchArima(
  differences: Pick<ArimaOrder, 'd' | 'seasonalD' | 'season' | 'constant'>,
  limits: SearchLimits,
  fit: (order: ArimaOrder, near: ArimaFit | null) => ArimaFit | null,
): ArimaFit | null {
  const tried = new Set<string>();
  let best: ArimaFit | null = null;
  const attempt = (order: ArimaOrder): boolean => {
    const key = keyOf(order);
    if (tried.has(key) || tried.size >= limits.models || !within(order, limits)) return false;
    tried.add(key);
    const found = fit(order, best);
    if (found === null || found.aicc >= (best?.aicc ?? Infinity)) return false;
    best = found;
    return true;
  };
  for (const order of startingOrders(differences, limits)) attempt(order);
  let center = best as ArimaFit | null;
  while (center !== null) {
    const { order } = center;
    if (!neighboursOf(order, differences.constant).some(attempt)) break;
    center = best;
  }
  return best;
}

const keyOf = ({ p, q, seasonalP, seasonalQ, constant }: ArimaOrder): string =>
  [p, q, seasonalP, seasonalQ, Number(constant)].join();

const within = (order: ArimaOrder, limits: SearchLimits): boolean =>
  (['p', 'q', 'seasonalP', 'seasonalQ'] as const).every(
    (key) => order[key] >= 0 && order[key] <= limits[key],
  );

function startingOrders(
  differences: Pick<ArimaOrder, 'd' | 'seasonalD' | 'season' | 'constant'>,
  limits: SearchLimits,
): readonly ArimaOrder[] {
  const order = (p: number, q: number, seasonalP: number, seasonalQ: number): ArimaOrder => ({
    ...differences,
    p: Math.min(p, limits.p),
    q: Math.min(q, limits.q),
    seasonalP: Math.min(seasonalP, limits.seasonalP),
    seasonalQ: Math.min(seasonalQ, limits.seasonalQ),
  });
  const starts = [order(2, 2, 1, 1), order(0, 0, 0, 0), order(1, 0, 1, 0), order(0, 1, 0, 1)];
  return differences.constant ? [...starts, { ...order(0, 0, 0, 0), constant: false }] : starts;
}

function neighboursOf(order: ArimaOrder, mayHaveConstant: boolean): readonly ArimaOrder[] {
  const changed = NEIGHBOURS.map(([seasonalP, seasonalQ, p, q]): ArimaOrder => ({
    ...order,
    seasonalP: order.seasonalP + seasonalP,
    seasonalQ: order.seasonalQ + seasonalQ,
    p: order.p + p,
    q: order.q + q,
  }));
  return mayHaveConstant ? [...changed, { ...order, constant: !order.constant }] : changed;
}
