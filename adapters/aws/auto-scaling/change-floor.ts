import { floorText } from '#adapters/aws/naming/floor-tag.ts';
import type { Group } from './find-group.ts';
import { inFlight, type FloorRecord, type FloorStore, type MinimumClaim } from './floor-record.ts';
import { ScalingError } from './scaling-error.ts';

/** An application as it was read for a change of its minimum. */
export interface ReadMinimum {
  readonly group: Group;
  readonly claim: MinimumClaim;
  readonly readAtSeconds: number;
}

/** How the minimum of one kind of application is read, changed and shown. */
export interface MinimumKeeper {
  readonly floors: FloorStore;
  /** @throws ScalingError, TableError */
  read(applicationId: string): Promise<ReadMinimum>;
  /** @throws ScalingError */
  setMinimum(applicationId: string, minimum: number): Promise<void>;
  /** Shows people what the owner's minimum is; null takes it away. @throws ScalingError */
  show(applicationId: string, text: string | null): Promise<void>;
}

export interface FloorChange {
  /** The application's minimum before and after the call. */
  readonly before: number;
  readonly after: number;
  readonly ownMinimum: number;
}

/** Restores that may collide with decisions on the same application. */
const MAX_ATTEMPTS = 3;

/**
 * Uses a forecast as the floor of an application: sets its minimum to `instances`, clamped between
 * the owner's minimum and the owner's maximum. The service raises the desired capacity to the
 * minimum by itself, and target tracking continues to scale above it. The owner's minimum is
 * remembered before the minimum is changed, on the condition that nobody else has changed it since
 * it was read: of several decisions at once one changes the application, the others leave it alone.
 * Repeating a call with the same floor changes nothing.
 * @param recentGroup state a moment ago. If it already has the floor, no call is made.
 * @throws ScalingError, TableError
 */
export async function changeFloor(
  keeper: MinimumKeeper,
  { applicationId, instances }: { readonly applicationId: string; readonly instances: number },
  recentGroup?: Group,
): Promise<FloorChange> {
  if (!(instances >= 0)) throw new RangeError(`floor must not be negative: ${instances}`);
  const expected = recentGroup && floorOf(recentGroup, instances);
  if (recentGroup?.isSettled && expected && expected.after === expected.before) return expected;
  const { group, claim, readAtSeconds } = await keeper.read(applicationId);
  const change = floorOf(group, instances);
  const { before, after, ownMinimum } = change;
  if (after === before && group.isSettled) return change;
  const record = nextRecord(claim, { own: ownMinimum, before, after }, readAtSeconds);
  const isOurTurn = await keeper.floors.write(applicationId, record);
  if (!isOurTurn) return { ...change, after: before };
  if (after !== before) await keeper.setMinimum(applicationId, after);
  await keeper.show(applicationId, floorText(record));
  return change;
}

function floorOf({ minSize: before, maxSize, ownMinimum }: Group, instances: number): FloorChange {
  return {
    before,
    after: Math.max(ownMinimum, Math.min(Math.ceil(instances), maxSize)),
    ownMinimum,
  };
}

/**
 * Restores the minimum that the owner chose and removes what shows it. The desired capacity stays:
 * the application's scaling policy lowers it when it is no longer needed. The call is idempotent
 * and does nothing where Foreprint did not raise the minimum.
 * @throws ScalingError, TableError
 */
export async function giveBackMinimum(
  keeper: MinimumKeeper,
  applicationId: string,
): Promise<FloorChange> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const change = await tryToRestore(keeper, applicationId);
    if (change) return change;
  }
  throw new ScalingError(applicationId, 'busy');
}

/** Null if somebody else changed the record meanwhile. */
async function tryToRestore(
  keeper: MinimumKeeper,
  applicationId: string,
): Promise<FloorChange | null> {
  const { floors } = keeper;
  const { group, claim, readAtSeconds } = await keeper.read(applicationId);
  const { minSize: before, ownMinimum: own, hasFloor } = group;
  const change = { before, after: own, ownMinimum: own };
  if (!hasFloor) return change;
  const record = nextRecord(claim, { own, before, after: own }, readAtSeconds);
  if (!(await floors.write(applicationId, record))) return null;
  if (before !== own) await keeper.setMinimum(applicationId, own);
  await keeper.show(applicationId, null);
  // Last: after a failure above, the next attempt still has to know that it is raised.
  const given = { ...record, isRaised: false, version: record.version + 1 };
  return (await floors.write(applicationId, given)) ? change : null;
}

function nextRecord(
  { record, due }: MinimumClaim,
  change: Pick<FloorRecord, 'own' | 'before' | 'after'>,
  readAtSeconds: number,
): FloorRecord {
  return {
    ...change,
    sent: [
      ...inFlight(record?.sent ?? [], readAtSeconds),
      { minimum: change.after, atSeconds: readAtSeconds },
    ],
    isRaised: true,
    readAtSeconds,
    due,
    version: record?.version ?? 0,
  };
}
