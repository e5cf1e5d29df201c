import {
  nextDue,
  type ScheduledClaim,
  type ScheduledMinimum,
} from '#adapters/aws/auto-scaling/floor-record.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { byService, listOfServices } from './list-of-services.ts';
import {
  dueBefore,
  onceAt,
  ScheduleError,
  scheduledTargetSchema,
  type ScheduledTarget,
} from './target-schedule.ts';

/**
 * The owners' scheduled actions by service.
 * @param id the only service to ask for; all of the region without it.
 * @throws whatever `call` throws.
 */
export async function listScheduledTargets(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, readonly ScheduledTarget[]>> {
  const only = id === undefined ? {} : { only: { ResourceId: id } };
  const query = { entry: scheduledTargetSchema, ...only };
  return byService(await listOfServices(call, 'ScheduledActions', query));
}

/**
 * What is known of minimums that owners' scheduled actions set, by service.
 * @param id the only service to ask for; all of the region without it, but for those with a schedule
 * that cannot be read: one of them must not stop the others, and is refused when it is changed.
 * @throws ScheduleError for the only service, and whatever `call` throws.
 */
export async function scheduledTargets(
  call: JsonCall,
  nowSeconds: number,
  id?: string,
): Promise<ReadonlyMap<string, ScheduledClaim>> {
  return new Map(
    [...(await listScheduledTargets(call, id))].flatMap(([name, actions]) => {
      const own = actions.filter((action) => action.ScalableTargetAction?.MinCapacity != null);
      if (own.length === 0) return [];
      try {
        return [[name, claimOf(own, nowSeconds)] as const];
      } catch (error) {
        if (id !== undefined || !(error instanceof ScheduleError)) throw error;
        return [];
      }
    }),
  );
}

function claimOf(actions: readonly ScheduledTarget[], nowSeconds: number): ScheduledClaim {
  const once = actions.filter(({ Schedule }) => Schedule.startsWith('at('));
  return {
    past: actions.flatMap((action) => lastRun(action, nowSeconds)),
    due: nextDue(
      once.flatMap((action) => runAt(action, onceAt(action))),
      nowSeconds,
    ),
  };
}

/** The newest run of an action at or before an instant; empty if it has not run yet. */
function lastRun(action: ScheduledTarget, nowSeconds: number): readonly ScheduledMinimum[] {
  const { StartTime: start, EndTime: end, Schedule: schedule } = action;
  const at = dueBefore(action, Math.min(nowSeconds, end ?? Infinity));
  // A rate counts from when it begins, or was made.
  const begun = start ?? (schedule.startsWith('rate(') ? action.CreationTime : null) ?? -Infinity;
  return at === null || at < begun ? [] : runAt(action, at);
}

function runAt(action: ScheduledTarget, atSeconds: number | null): readonly ScheduledMinimum[] {
  const minimum = action.ScalableTargetAction?.MinCapacity;
  return atSeconds === null || minimum == null ? [] : [{ minimum, atSeconds }];
}
