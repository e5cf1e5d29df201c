import * as z from 'zod';
import {
  nextDue,
  type ScheduledClaim,
  type ScheduledMinimum,
} from '#adapters/aws/auto-scaling/floor-record.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { ECS_DIMENSION } from './scalable-targets.ts';
import {
  dueBefore,
  onceAt,
  ScheduleError,
  scheduledTargetSchema,
  type ScheduledTarget,
} from './target-schedule.ts';

const pageSchema = z.object({
  ScheduledActions: z.array(scheduledTargetSchema),
  NextToken: z.string().nullish(),
});

/**
 * The owners' scheduled actions by service.
 * @param id the only service to ask for; all of the region without it.
 * @throws whatever `call` throws.
 */
export async function listScheduledTargets(
  call: JsonCall,
  id?: string,
): Promise<ReadonlyMap<string, readonly ScheduledTarget[]>> {
  const actions = new Map<string, ScheduledTarget[]>();
  let next: string | null | undefined;
  do {
    const page = pageSchema.parse(
      await call('application-autoscaling', 'DescribeScheduledActions', {
        ...ECS_DIMENSION,
        ...(id !== undefined && { ResourceId: id }),
        ...(next && { NextToken: next }),
      }),
    );
    for (const action of page.ScheduledActions) {
      actions.set(action.ResourceId, [...(actions.get(action.ResourceId) ?? []), action]);
    }
    next = page.NextToken;
  } while (next);
  return actions;
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
