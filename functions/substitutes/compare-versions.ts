/**
 * True if a version (numbers separated by dots) is at least another one. Replaces the package
 * semver in the bundles: the tracer's packages only use this function, and semver is large.
 */
export function gte(version: string, minimum: string): boolean {
  const versionParts = partsOf(version);
  for (const [k, part] of partsOf(minimum).entries()) {
    const difference = (versionParts[k] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const partsOf = (version: string): readonly number[] => version.split('.').map(Number.parseFloat);
