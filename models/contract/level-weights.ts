/**
 * How quantiles at wanted levels follow from those at known ones: between two known levels on the straight line, beyond
 * the outermost their value. Quantiles that do not cross stay so.
 * @param known increasing, at least one.
 * @returns row-major [known × wanted].
 */
export function levelWeights(known: readonly number[], wanted: readonly number[]): Float64Array {
  const weights = new Float64Array(known.length * wanted.length);
  wanted.forEach((level, column) => {
    const above = known.findIndex((one) => one >= level);
    const upper = above === -1 ? known.length - 1 : above;
    const lower = above === -1 ? upper : Math.max(0, upper - 1);
    const width = known[upper]! - known[lower]!;
    const share = width === 0 || above === 0 ? 1 : (level - known[lower]!) / width;
    weights[lower * wanted.length + column]! += 1 - share;
    weights[upper * wanted.length + column]! += share;
  });
  return weights;
}
