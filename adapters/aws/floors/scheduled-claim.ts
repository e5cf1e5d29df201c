import {
  NO_CLAIM,
  type FloorStore,
  type MinimumClaim,
  type ScheduledMinimum,
} from '#adapters/aws/auto-scaling/floor-record.ts';

/** What the owner's scheduled actions say of a minimum. */
export type ScheduledClaim = Pick<MinimumClaim, 'past' | 'due'>;

/** A one-time action is remembered when it is due within this time: several decisions see it. */
const DUE_SECONDS = 1200;

/** The next of the runs of one-time actions, if it is due soon. */
export function nextDue(
  runs: readonly ScheduledMinimum[],
  nowSeconds: number,
): ScheduledMinimum | null {
  const due = runs
    .filter(({ atSeconds }) => atSeconds > nowSeconds && atSeconds <= nowSeconds + DUE_SECONDS)
    .sort((a, b) => a.atSeconds - b.atSeconds);
  return due[0] ?? null;
}

/**
 * What is remembered of all minimums together with what is scheduled; what has neither is absent.
 * @throws TableError
 */
export async function mergeClaims(
  floors: FloorStore,
  read: Promise<ReadonlyMap<string, ScheduledClaim>>,
): Promise<ReadonlyMap<string, MinimumClaim>> {
  const [records, scheduled] = await Promise.all([floors.all(), read]);
  const names = new Set([...records.keys(), ...scheduled.keys()]);
  return new Map(
    [...names].map((name) => [
      name,
      { ...NO_CLAIM, ...scheduled.get(name), record: records.get(name) ?? null },
    ]),
  );
}
