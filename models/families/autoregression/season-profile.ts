export interface ProfileSeries {
  readonly values: Float64Array;
  /** Number of the first value's step since the epoch. */
  readonly firstStep: number;
  /**
   * One or two season lengths in steps, shortest first; the longer is a multiple of the shorter.
   */
  readonly lengths: readonly number[];
}

/**
 * Seasonal profile by phase of the longest season: means of what a centred moving average of that
 * season leaves, by phase of the short season, and a share of what those leave by phase of the long
 * one. At both ends the moving average is that of the nearest full season.
 * @param longShare share in [0, 1] of what the short season leaves that the long one takes: its few
 * cycles are half noise.
 */
export function seasonProfile(
  { values, firstStep, lengths }: ProfileSeries,
  longShare: number,
): Float64Array {
  const longest = lengths.at(-1) ?? 1;
  const rest = withoutLevel(values, Math.min(longest, values.length));
  const profile = new Float64Array(longest);
  lengths.forEach((length, k) => {
    const sums = new Float64Array(length);
    const counts = new Float64Array(length);
    for (let t = 0; t < rest.length; t++) {
      const phase = (firstStep + t) % length;
      sums[phase] += rest[t];
      counts[phase]++;
    }
    const share = k === 0 ? 1 : longShare;
    for (let phase = 0; phase < length; phase++) sums[phase] *= share / (counts[phase] || 1);
    for (let phase = 0; phase < longest; phase++) profile[phase] += sums[phase % length];
    for (let t = 0; t < rest.length; t++) rest[t] -= sums[(firstStep + t) % length];
  });
  return profile;
}

function withoutLevel(values: Float64Array, window: number): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) sums[t + 1] = sums[t] + values[t];
  return values.map((value, t) => {
    const from = Math.min(Math.max(0, t - (window >> 1)), n - window);
    return value - (sums[from + window] - sums[from]) / window;
  });
}
