/** Index of the level nearest to `target`. */
export function indexOfLevel(levels: readonly number[], target: number): number {
  let best = 0;
  levels.forEach((level, k) => {
    if (Math.abs(level - target) < Math.abs(levels[best] - target)) best = k;
  });
  return best;
}
