import type { AutoScalingClient, ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import { Cron } from 'croner';
import { nextDue, type ScheduledClaim, type ScheduledMinimum } from './floor-record.ts';
import { listScheduledActions } from './list-scheduled-actions.ts';

/**
 * The owners' scheduled actions that set a minimum, by group.
 * @param group name of the only group to ask for; all groups of the region without it.
 * @throws whatever the SDK throws.
 */
export async function scheduledMinimums(
  client: AutoScalingClient,
  nowSeconds: number,
  group?: string,
): Promise<ReadonlyMap<string, ScheduledClaim>> {
  const actions = await listScheduledActions(client, group);
  return new Map(
    [...actions].flatMap(([name, ofGroup]) => {
      const setting = ofGroup.filter(({ MinSize }) => MinSize !== undefined);
      return setting.length === 0 ? [] : [[name, claimOf(setting, nowSeconds)] as const];
    }),
  );
}

function claimOf(
  actions: readonly ScheduledUpdateGroupAction[],
  nowSeconds: number,
): ScheduledClaim {
  const once = actions.filter(({ Recurrence }) => !Recurrence);
  return {
    past: actions.flatMap((action) => lastRun(action, nowSeconds)),
    due: nextDue(
      once.flatMap((action) => runAt(action, action.StartTime)),
      nowSeconds,
    ),
  };
}

/** The newest run of an action at or before an instant; empty if it has not run yet. */
function lastRun(
  action: ScheduledUpdateGroupAction,
  nowSeconds: number,
): readonly ScheduledMinimum[] {
  const {
    Recurrence: recurrence,
    TimeZone: timezone = 'UTC',
    StartTime: start,
    EndTime: end,
  } = action;
  if (!recurrence) return runAt(action, start).filter(({ atSeconds }) => atSeconds <= nowSeconds);
  // A run within this second counts; the library returns runs before its reference.
  const until = Math.min(nowSeconds + 1, (end?.getTime() ?? Infinity) / 1000);
  const [at] = new Cron(recurrence, { timezone }).previousRuns(1, new Date(until * 1000));
  return runAt(action, at);
}

function runAt(
  { MinSize: minimum }: ScheduledUpdateGroupAction,
  at: Date | undefined,
): readonly ScheduledMinimum[] {
  if (at === undefined || minimum === undefined) return [];
  return [{ minimum, atSeconds: Math.floor(at.getTime() / 1000) }];
}
