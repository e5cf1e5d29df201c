/** Rules of a few lines that every detector has to be compared with; each gives a score per row. */
export const TRIVIAL_RULES: Readonly<Record<string, (values: Float64Array) => Float64Array>> = {
  'new all-time extreme': newExtreme,
  'running z-score': runningZScore,
  'an alarm every 600 rows': (values) => values.map((_, row) => (row % 600 === 599 ? 1 : 0)),
};

const LEAST_ROWS = 50;
const SMALLEST_SPREAD = 1e-12;

/** How far beyond the range so far, in ranges; 1 at least. */
function newExtreme(values: Float64Array): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  return values.map((value, row) => {
    const beyond = Math.max(value - high, low - value);
    const score = row > LEAST_ROWS && beyond > 0 ? 1 + beyond / (high - low + SMALLEST_SPREAD) : 0;
    if (value < low) low = value;
    if (value > high) high = value;
    return score;
  });
}

/** Distance from the mean of all rows before, in their standard deviations. */
function runningZScore(values: Float64Array): Float64Array {
  let [count, mean, squares] = [0, 0, 0];
  return values.map((value) => {
    if (!Number.isFinite(value)) return 0;
    const deviation = Math.sqrt(squares / Math.max(1, count)) + SMALLEST_SPREAD;
    const score = count > LEAST_ROWS ? Math.abs(value - mean) / deviation : 0;
    const difference = value - mean;
    count++;
    mean += difference / count;
    squares += difference * (value - mean);
    return score;
  });
}
