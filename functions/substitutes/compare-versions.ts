/**
 * True if a version (numbers separated by dots) is at least another one. Replaces the package
 * semver in the bundles: the tracer's packages only use this function, and semver is large.
 */
export function gte(version: string, minimum: string): boolean {
  const [versionParts, minimumParts] = [version, minimum].map((text) =>
    text.split('.').map(Number.parseFloat),
  );
  for (let k = 0; k < minimumParts!.length; k++) {
    const difference = (versionParts![k] ?? 0) - minimumParts![k]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
