import type { Launches } from '#adapters/aws/auto-scaling/read-launches.ts';
import { isStandardType } from '#adapters/aws/free-cpus.ts';
import { isServiceId } from '#adapters/aws/naming/service-id.ts';
import type { Supply } from '#core/capacity/supply.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';

/** Launches change slowly while a group gets what it asks for. */
const FRESH_SECONDS = 3600;

export interface SupplyPorts {
  readonly readLaunches: (group: string, current: number) => Promise<Launches>;
  /**
   * Virtual CPUs that the account's quota leaves now, null where that is unknown; see
   * `freeCpusOnce`.
   */
  readonly freeCpus: () => Promise<number | null>;
  report(what: string, error: unknown): void;
}

/**
 * What is known of how a group gets new instances. Its launches are read once an hour, and in every
 * run while it has fewer instances than it wants. What cannot be found out is reported and stays as
 * it was known.
 */
export async function refreshSupply(
  { readLaunches, freeCpus, report }: SupplyPorts,
  group: EnrolledGroup,
  { before, nowSeconds }: { readonly before: Supply | null; readonly nowSeconds: number },
): Promise<Supply | null> {
  const { applicationId, known } = group;
  // Nobody tells why a task does not start, and the quota of EC2 is not that of tasks.
  if (isServiceId(applicationId)) return before;
  const current = known.instances.length;
  const isDue = !before || nowSeconds - before.askedAtSeconds >= FRESH_SECONDS;
  const asks = isDue || current < known.desired;
  const unknown = (error: unknown) => {
    report(`${applicationId}: launches unknown`, error);
    return undefined;
  };
  const launches = asks ? await readLaunches(applicationId, current).catch(unknown) : undefined;
  // A quota of an hour ago says nothing of now.
  const free = isQuotaOf(group) ? await freeCpus() : null;
  if (!before && !launches && free === null) return null;
  return {
    startsSeconds: launches?.startsSeconds ?? before?.startsSeconds ?? [],
    refusals: launches?.refusals ?? before?.refusals ?? [],
    freeCpus: free,
    askedAtSeconds: launches ? nowSeconds : (before?.askedAtSeconds ?? 0),
  };
}

/**
 * Asks once, when the first group of a run wants to know; a failure is reported once and means that
 * nothing is known.
 */
export function freeCpusOnce(
  ask: () => Promise<number | null>,
  report: SupplyPorts['report'],
): SupplyPorts['freeCpus'] {
  let answer: Promise<number | null> | undefined;
  return () =>
    (answer ??= ask().catch((error: unknown) => {
      report('quota of instances unknown', error);
      return null;
    }));
}

/** Whether the quota of standard on-demand instances is the one that this group's launches meet. */
function isQuotaOf({ instanceTypes, isMixed }: EnrolledGroup): boolean {
  return !isMixed && instanceTypes.length > 0 && instanceTypes.every(isStandardType);
}
