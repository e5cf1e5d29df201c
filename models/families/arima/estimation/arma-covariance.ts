import type { ArmaPolynomials } from './arma-polynomials.ts';
import { toPartialAutocorrelations } from './partial-autocorrelations.ts';

/**
 * First column of the stationary state covariance of an ARMA process in the state space form of
 * Gardner, Harvey and Phillips (1980), innovation variance 1: entry i is Cov(α_i, w_t), entry 0 the
 * variance of the process. The whole matrix is not needed by recursions that use its stationarity.
 * Null if the process is not stationary.
 */
export function stateCovariance({ phi, theta }: ArmaPolynomials): Float64Array | null {
  const r = Math.max(phi.length, theta.length + 1);
  const gamma = autocovariances({ phi, theta }, phi.length);
  if (gamma === null) return null;
  const psi = impulses({ phi, theta }, theta.length);
  const column = new Float64Array(r);
  column[0] = gamma[0];
  for (let i = 1; i < r; i++) {
    let sum = 0;
    for (let j = i; j < phi.length; j++) sum += phi[j] * gamma[j - i + 1];
    for (let j = i - 1; j < theta.length; j++) sum += theta[j] * psi[j - i + 1];
    column[i] = sum;
  }
  return column;
}

/**
 * The whole stationary state covariance, row-major [r × r]: the equation P = T P T' + R R' gives
 * each entry from the one before it on its diagonal and the first column.
 */
export function stateCovarianceMatrix(polynomials: ArmaPolynomials): Float64Array | null {
  const column = stateCovariance(polynomials);
  if (column === null) return null;
  const { phi, theta } = polynomials;
  const r = column.length;
  const matrix = new Float64Array(r * r);
  for (let j = 0; j < r; j++) matrix[j] = matrix[j * r] = column[j];
  for (let i = 0; i + 1 < r; i++) {
    for (let j = 0; j + 1 < r; j++) {
      const [a, b] = [phi[i] ?? 0, phi[j] ?? 0];
      const noise = weight(theta, i) * weight(theta, j);
      matrix[(i + 1) * r + j + 1] =
        matrix[i * r + j] - a * b * column[0] - a * column[j + 1] - b * column[i + 1] - noise;
    }
  }
  return matrix;
}

/** ψ₀ … ψ_count of the infinite moving average, ψ₀ = 1 (Brockwell and Davis 1991, section 3.3). */
export function impulses({ phi, theta }: ArmaPolynomials, count: number): Float64Array {
  const psi = new Float64Array(count + 1);
  psi[0] = 1;
  for (let k = 1; k <= count; k++) {
    let sum = theta[k - 1] ?? 0;
    for (let j = 1; j <= Math.min(k, phi.length); j++) sum += phi[j - 1] * psi[k - j];
    psi[k] = sum;
  }
  return psi;
}

/**
 * Autocovariances γ(0) … γ(lags) for innovation variance 1: those of the autoregression by the
 * step-down and step-up recursions (O(p²) instead of a linear system), then filtered by the
 * autocovariance of the moving average.
 */
function autocovariances(polynomials: ArmaPolynomials, lags: number): Float64Array | null {
  const { phi, theta } = polynomials;
  const q = theta.length;
  const pure = autoregressiveCovariances(phi, lags + q);
  if (pure === null) return null;
  const moving = new Float64Array(q + 1);
  for (let k = 0; k <= q; k++) {
    for (let j = 0; j + k <= q; j++) moving[k] += weight(theta, j) * weight(theta, j + k);
  }
  return Float64Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = moving[0] * pure[lag];
    for (let k = 1; k <= q; k++) sum += moving[k] * (pure[lag + k] + pure[Math.abs(lag - k)]);
    return sum;
  });
}

const weight = (theta: Float64Array, k: number): number => (k === 0 ? 1 : (theta[k - 1] ?? 0));

function autoregressiveCovariances(phi: Float64Array, lags: number): Float64Array | null {
  const partials = toPartialAutocorrelations(phi);
  if (partials === null) return null;
  let variance = 1;
  for (const partial of partials) variance /= 1 - partial * partial;
  const gamma = new Float64Array(lags + 1);
  gamma[0] = variance;
  let error = variance;
  const row = new Float64Array(phi.length);
  const before = new Float64Array(phi.length);
  for (let k = 1; k <= lags; k++) {
    if (k > phi.length) {
      for (let j = 0; j < phi.length; j++) gamma[k] += phi[j] * gamma[k - 1 - j];
      continue;
    }
    const partial = partials[k - 1];
    let sum = partial * error;
    for (let j = 0; j < k - 1; j++) sum += row[j] * gamma[k - 1 - j];
    gamma[k] = sum;
    before.set(row.subarray(0, k - 1));
    for (let j = 0; j < k - 1; j++) row[j] = before[j] - partial * before[k - 2 - j];
    row[k - 1] = partial;
    error *= 1 - partial * partial;
  }
  return gamma;
}
