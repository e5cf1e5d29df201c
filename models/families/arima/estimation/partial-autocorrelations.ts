/**
 * Coefficients of the stationary autoregression with these partial autocorrelations, each in (−1,
 * 1): the Durbin–Levinson recursion (Barndorff-Nielsen and Schou 1973; Jones 1980 for its use in
 * fitting).
 */
export function fromPartialAutocorrelations(partials: Float64Array): Float64Array {
  const phi = Float64Array.from(partials);
  const before = new Float64Array(partials.length);
  for (let k = 1; k < phi.length; k++) {
    before.set(phi.subarray(0, k));
    for (let j = 0; j < k; j++) phi[j] = before[j] - partials[k] * before[k - 1 - j];
  }
  return phi;
}

/**
 * The inverse recursion: partial autocorrelations of an autoregression, or null if it is not
 * stationary (some partial autocorrelation would be 1 or more in size: the Schur–Cohn criterion).
 */
export function toPartialAutocorrelations(phi: Float64Array): Float64Array | null {
  const partials = Float64Array.from(phi);
  const before = new Float64Array(phi.length);
  for (let k = phi.length - 1; k >= 0; k--) {
    const last = partials[k];
    if (!(Math.abs(last) < 1)) return null;
    before.set(partials.subarray(0, k));
    const scale = 1 / (1 - last * last);
    for (let j = 0; j < k; j++) partials[j] = (before[j] + last * before[k - 1 - j]) * scale;
  }
  return partials;
}

/**
 * Whether all roots of 1 − φ₁ z − φ₂ z² − … lie outside the circle of this radius, without finding
 * them: φ scaled by powers of the radius must be stationary.
 */
export function rootsOutside(phi: Float64Array, radius: number): boolean {
  const scaled = phi.map((coefficient, k) => coefficient * radius ** (k + 1));
  return toPartialAutocorrelations(scaled) !== null;
}
