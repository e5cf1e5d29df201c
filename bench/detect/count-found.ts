import type { FaultAlarm } from './fault-alarms.ts';
import { FAULT_KINDS, HISTORY_ROWS, type FaultKind, type Injected } from './injected-faults.ts';

const WEEK_ROWS = 2_016;
const STEP_MINUTES = 5;
/** Incidents this long after a fault's end are its own: something changed back. */
const AFTERMATH_ROWS = 288;
/** A fault that is noticed within an hour of its end was found. */
const NOTICE_ROWS = 12;

export interface FaultResult {
  readonly falsePerWeek: number;
  /** Minutes from the beginning of each fault that was found to its alarm; faults of each kind. */
  readonly delays: ReadonlyMap<FaultKind, readonly number[]>;
  readonly asked: ReadonlyMap<FaultKind, number>;
}

/** What alarms found of the injected faults, and messages that belong to none. */
export function countFound(
  applications: readonly {
    readonly rows: number;
    readonly faults: readonly Injected[];
    readonly alarms: readonly FaultAlarm[];
  }[],
): FaultResult {
  const delays = new Map<FaultKind, number[]>(FAULT_KINDS.map((kind) => [kind, []]));
  const asked = new Map<FaultKind, number>();
  let [falses, weeks] = [0, 0];
  for (const { rows, faults, alarms } of applications) {
    for (const { fault, fromRow } of faults) {
      asked.set(fault.kind, (asked.get(fault.kind) ?? 0) + 1);
      const first = alarms.find(
        ({ row, isOnFaulty }) =>
          isOnFaulty && fromRow <= row && row < fromRow + fault.rows + NOTICE_ROWS,
      );
      if (first !== undefined) delays.get(fault.kind)!.push((first.row - fromRow) * STEP_MINUTES);
    }
    const isOwn = (row: number): boolean =>
      faults.some(
        ({ fault, fromRow }) => fromRow <= row && row < fromRow + fault.rows + AFTERMATH_ROWS,
      );
    falses += alarms.filter(
      ({ row, isMessage }) => isMessage && row >= HISTORY_ROWS && !isOwn(row),
    ).length;
    weeks += (rows - HISTORY_ROWS) / WEEK_ROWS;
  }
  return { falsePerWeek: falses / weeks, delays, asked };
}
