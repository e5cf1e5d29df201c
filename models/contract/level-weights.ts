/**
 * Weights that compute quantiles at target levels from quantiles at source levels: linear between
 * two source levels, constant beyond the outermost ones. Quantiles that do not cross stay so.
 * @param source increasing, at least one level.
 * @returns row-major [source × target].
 */
export function levelWeights(source: readonly number[], target: readonly number[]): Float64Array {
  const weights = new Float64Array(source.length * target.length);
  target.forEach((level, column) => {
    const above = source.findIndex((one) => one >= level);
    const upper = above === -1 ? source.length - 1 : above;
    const lower = above === -1 ? upper : Math.max(0, upper - 1);
    const width = source[upper] - source[lower];
    const share = width === 0 || above === 0 ? 1 : (level - source[lower]) / width;
    weights[lower * target.length + column] += 1 - share;
    weights[upper * target.length + column] += share;
  });
  return weights;
}
