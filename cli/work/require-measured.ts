import { UsageError } from '#cli/context/usage-error.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { ReplaySource } from './replay-source.ts';

/**
 * Figures of a resource that nobody measured would all be zero.
 * @throws UsageError for a resource that no application of a trace measures.
 */
export function requireMeasured(
  { sources, applications }: Pick<ReplaySource, 'sources' | 'applications'>,
  resources: readonly Resource[],
): void {
  const isMeasured = (resource: Resource): boolean =>
    applications.some(({ window }) =>
      window.values[resource].some((value) => !Number.isNaN(value)),
    );
  const missing = resources.filter((resource) => !isMeasured(resource));
  if (missing.length === 0 || applications.length === 0) return;
  const measured = RESOURCES.filter(isMeasured).join(', ') || 'nothing';
  throw new UsageError(
    `${sources.join(', ')} measures no ${missing.join(' and no ')}; it measures ${measured} (--resources)`,
  );
}
