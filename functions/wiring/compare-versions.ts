/**
 * Whether a version, numbers with points between, is at least another one. Takes the place of the package semver in the bundles:
 * the tracer's packages ask nothing else of it, and it is 29 kB of code.
 */
export function gte(version: string, least: string): boolean {
  const [ours, theirs] = [version, least].map((text) => text.split('.').map(Number.parseFloat));
  for (let k = 0; k < theirs!.length; k++) {
    const difference = (ours![k] ?? 0) - theirs![k]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
