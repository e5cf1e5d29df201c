/** Times the largest value read that a forecast may reach, see `implausible`. */
const BEYOND = 10;

/**
 * Why a model's answer cannot be a forecast; null if it can. It cannot if it is not finite, or if a
 * quantile is more than ten times what was measured makes possible: its largest value, times its
 * growth, which is how many times the newer half reaches as high as the older one.
 * A history of zeros sets no limit.
 * @param quantiles row-major [steps × levels]; only the wanted steps have to be forecasts.
 * @param measured in the unit of the quantiles, oldest first; NaN for gaps.
 */
export function implausible(
  quantiles: Float32Array,
  measured: Float64Array,
  {
    levels,
    stepsAhead,
  }: {
    readonly levels: readonly number[];
    readonly stepsAhead: readonly number[] | undefined;
  },
): string | null {
  // The newest value is read itself, and mostly shows that nothing is beyond the limit.
  const surely = BEYOND * (measured.at(-1) ?? 0);
  let limit: number | null = null;
  const columns = levels.length;
  const steps = stepsAhead ?? Array.from({ length: quantiles.length / columns }, (_, k) => k + 1);
  for (const step of steps) {
    for (let k = (step - 1) * columns; k < step * columns; k++) {
      const value = quantiles[k];
      if (value <= surely && value > -Infinity) continue;
      if (!Number.isFinite(value)) {
        return `its forecast ${step} steps ahead is not finite: ${value}`;
      }
      limit ??= largestPossible(measured);
      if (value > limit) {
        const most = `${Number(limit.toPrecision(3))}`;
        return `its forecast ${step} steps ahead is ${value}; by what was measured at most ${most} is possible`;
      }
    }
  }
  return null;
}

function largestPossible(measured: Float64Array): number {
  const half = measured.length >> 1;
  const [older, newer] = [largest(measured.subarray(0, half)), largest(measured.subarray(half))];
  const most = Math.max(older, newer);
  if (most <= 0) return Infinity;
  return BEYOND * most * (older > 0 ? Math.max(1, newer / older) : 1);
}

/** At least 0; passes over NaN. */
function largest(values: Float64Array): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) if (values[k] > most) most = values[k];
  return most;
}
