import type { TimeRange } from '#core/domain/ports.ts';
import type { MeteredGroup } from './metered-group.ts';

/**
 * What a log says of a past that was read: CloudWatch keeps how many instances a group had, and not
 * of which types.
 * @returns vCPUs and bytes of memory of what was counted with.
 */
export function pastCounted(
  { applicationId, vcpus, memoryBytes, unit }: MeteredGroup,
  { fromSeconds, toSeconds }: TimeRange,
) {
  const isoTime = (seconds: number) => new Date(seconds * 1000).toISOString();
  return {
    group: applicationId,
    from: isoTime(fromSeconds),
    to: isoTime(toSeconds),
    instance: { vcpus, memoryBytes },
    ...(unit && { unit }),
  };
}
