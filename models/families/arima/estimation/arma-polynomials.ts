import type { ArimaOrder } from './arima-order.ts';
import { fromPartialAutocorrelations } from './partial-autocorrelations.ts';

/**
 * w_t = Σ φ_j w_{t−j} + e_t + Σ θ_j e_{t−j}, seasonal factors multiplied out; [0] is the
 * coefficient of lag 1.
 */
export interface ArmaPolynomials {
  readonly phi: Float64Array;
  readonly theta: Float64Array;
}

/**
 * Polynomials from unconstrained numbers: tanh of each is a partial autocorrelation of its factor,
 * so that every vector stands for a stationary and invertible model (Jones 1980; the same transform
 * for the moving average: Monahan 1984).
 */
export function polynomialsOf(parameters: Float64Array, order: ArimaOrder): ArmaPolynomials {
  const { phi, theta, seasonalPhi, seasonalTheta } = factorsOf(parameters, order);
  return {
    phi: multiply(phi, seasonalPhi, { season: order.season, sign: -1 }),
    theta: multiply(theta, seasonalTheta, { season: order.season, sign: 1 }),
  };
}

/** The four factors that `polynomialsOf` multiplies; θ in the convention e_t + θ₁ e_{t−1} + …. */
export function factorsOf(parameters: Float64Array, order: ArimaOrder) {
  const { p, q, seasonalP, seasonalQ } = order;
  const factor = (from: number, count: number) =>
    fromPartialAutocorrelations(parameters.subarray(from, from + count).map(Math.tanh));
  const negative = (values: Float64Array) => values.map((value) => -value);
  return {
    phi: factor(0, p),
    theta: negative(factor(p, q)),
    seasonalPhi: factor(p + q, seasonalP),
    seasonalTheta: negative(factor(p + q + seasonalP, seasonalQ)),
  };
}

/** (1 ± Σ a_j B^j)(1 ± Σ b_j B^{j·season}) without its leading 1, in the same sign convention. */
function multiply(
  a: Float64Array,
  b: Float64Array,
  { season, sign }: { readonly season: number; readonly sign: 1 | -1 },
): Float64Array {
  const product = new Float64Array(a.length + b.length * season);
  product.set(a);
  b.forEach((seasonal, k) => {
    const lag = (k + 1) * season - 1;
    product[lag] += seasonal;
    a.forEach((coefficient, j) => (product[lag + 1 + j] += sign * seasonal * coefficient));
  });
  return product;
}
