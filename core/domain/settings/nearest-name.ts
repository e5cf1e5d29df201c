/**
 * A name of the list that a typing mistake could have turned into the given one; null if none is
 * near.
 */
export function nearestName(given: string, names: readonly string[]): string | null {
  const lower = given.toLowerCase();
  const distances = names.map((name) => editDistance(lower, name.toLowerCase()));
  const least = Math.min(...distances);
  const isNear = least <= Math.max(1, Math.floor(given.length / 3));
  return isNear ? names[distances.indexOf(least)]! : null;
}

/** Insertions, deletions and replacements between two words (Levenshtein, 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
