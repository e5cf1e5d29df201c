/** A minimum that the owner's scheduled action sets at an instant. */
export interface ScheduledMinimum {
  readonly minimum: number;
  readonly atSeconds: number;
}

/** What is remembered of a group whose minimum Foreprint changed. */
export interface FloorRecord {
  /** The owner's own minimum. */
  readonly own: number;
  /** The group's minimum before and after the last change. */
  readonly before: number;
  readonly after: number;
  /** Minimums that were sent lately: a call that was delayed may still set one of them. */
  readonly sent: readonly ScheduledMinimum[];
  /** False once the owner's minimum was given back. */
  readonly isRaised: boolean;
  /** When the group was read for the last change, Unix seconds. */
  readonly readAtSeconds: number;
  /** A one-time action that is due soon; Auto Scaling forgets it when it has run. */
  readonly due: ScheduledMinimum | null;
  /** Grows with every write; 0 before the first one. */
  readonly version: number;
}

/** Records by application. A write succeeds only on the version that was read. */
export interface FloorStore {
  read(applicationId: string): Promise<FloorRecord | null>;
  all(): Promise<ReadonlyMap<string, FloorRecord>>;
  /**
   * Stores the record with the next version.
   * @param record with the version that was read, 0 if there was no record.
   * @returns false without a change if somebody else has written meanwhile.
   */
  write(applicationId: string, record: FloorRecord): Promise<boolean>;
}

/** What is known of a group's minimum besides the group itself. */
export interface MinimumClaim {
  readonly record: FloorRecord | null;
  /** The newest runs of the owner's scheduled actions, and a one-time action that is due soon. */
  readonly past: readonly ScheduledMinimum[];
  readonly due: ScheduledMinimum | null;
}

export const NO_CLAIM: MinimumClaim = { record: null, past: [], due: null };

/** A call may be in flight for so long: its attempts, and a function that was frozen meanwhile. */
export const IN_FLIGHT_SECONDS = 900;
/** AWS documents that a scheduled action may run up to two minutes late. */
const SCHEDULE_DELAY_SECONDS = 180;

/**
 * The minimum that the owner of a group chose. Whatever Foreprint did not send is the owner's. A
 * minimum that Foreprint did send stands for the owner's remembered one, unless a scheduled action
 * of the owner has run since: it may set the same number as a floor.
 */
export function ownMinimum(minSize: number, claim: MinimumClaim, nowSeconds: number): number {
  const { record, past } = claim;
  if (record === null || !isOurs(minSize, record, nowSeconds)) return minSize;
  const since = record.readAtSeconds - SCHEDULE_DELAY_SECONDS;
  const ran = [...past, ...(record.due ? [record.due] : [])]
    .filter(({ atSeconds }) => atSeconds > since && atSeconds <= nowSeconds)
    .sort((a, b) => a.atSeconds - b.atSeconds);
  return ran.at(-1)?.minimum ?? record.own;
}

function isOurs(minSize: number, record: FloorRecord, nowSeconds: number): boolean {
  if (record.isRaised && (minSize === record.before || minSize === record.after)) return true;
  return inFlight(record.sent, nowSeconds).some(({ minimum }) => minimum === minSize);
}

/** Those of the minimums sent that a delayed call may still set. */
export function inFlight(
  sent: readonly ScheduledMinimum[],
  nowSeconds: number,
): readonly ScheduledMinimum[] {
  return sent.filter(({ atSeconds }) => nowSeconds - atSeconds < IN_FLIGHT_SECONDS);
}

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
