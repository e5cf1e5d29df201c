/**
 * Mean over the levels of the pinball (quantile) loss of one observation: (y − q) p above the
 * quantile, (q − y)(1 − p) below it (Koenker and Bassett, Econometrica 46, 1978).
 * @param quantiles one per level, from the index `from` on.
 */
export function pinballLoss(
  actual: number,
  quantiles: Float64Array,
  levels: readonly number[],
  from = 0,
): number {
  let sum = 0;
  for (let k = 0; k < levels.length; k++) {
    const difference = actual - quantiles[from + k];
    sum += difference >= 0 ? difference * levels[k] : difference * (levels[k] - 1);
  }
  return sum / levels.length;
}
