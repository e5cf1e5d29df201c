/** Index of the level that lies nearest to the wanted one. */
export function indexOfLevel(levels: readonly number[], wanted: number): number {
  let best = 0;
  levels.forEach((level, k) => {
    if (Math.abs(level - wanted) < Math.abs(levels[best]! - wanted)) best = k;
  });
  return best;
}
