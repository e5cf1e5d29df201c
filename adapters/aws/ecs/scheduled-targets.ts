import { Cron } from 'croner';
import * as z from 'zod';
import {
  nextDue,
  type ScheduledClaim,
  type ScheduledMinimum,
} from '#adapters/aws/auto-scaling/floor-record.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { ECS_DIMENSION } from './scalable-targets.ts';

/** Seconds, or text as ISO 8601. */
const timeSchema = z
  .union([z.number(), z.string().transform((text) => Date.parse(text) / 1000)])
  .nullish();

const actionSchema = z.object({
  ScheduledActionName: z.string(),
  ResourceId: z.string(),
  Schedule: z.string(),
  Timezone: z.string().nullish(),
  StartTime: timeSchema,
  EndTime: timeSchema,
  CreationTime: timeSchema,
  ScalableTargetAction: z.object({ MinCapacity: z.number().nullish() }).nullish(),
});

const pageSchema = z.object({
  ScheduledActions: z.array(actionSchema),
  NextToken: z.string().nullish(),
});

type ScheduledAction = z.output<typeof actionSchema>;

/** A schedule that cannot be read: nobody can say whose a minimum is then. */
export class ScheduleError extends Error {
  constructor({ ScheduledActionName, Schedule }: ScheduledAction, options: ErrorOptions) {
    super(`scheduled action ${ScheduledActionName} has the schedule "${Schedule}"`, options);
    this.name = 'ScheduleError';
  }
}

/**
 * The owners' scheduled actions that set a minimum, by service.
 * @param id the only service to ask for; all of the region without it, but for those with a schedule
 * that cannot be read: one of them must not stop the others, and is refused when it is changed.
 * @throws ScheduleError for the only service, and whatever `call` throws.
 */
export async function scheduledTargets(
  call: JsonCall,
  nowSeconds: number,
  id?: string,
): Promise<ReadonlyMap<string, ScheduledClaim>> {
  const actions = new Map<string, ScheduledAction[]>();
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
      if (action.ScalableTargetAction?.MinCapacity == null) continue;
      actions.set(action.ResourceId, [...(actions.get(action.ResourceId) ?? []), action]);
    }
    next = page.NextToken;
  } while (next);
  return new Map(
    [...actions].flatMap(([name, own]) => {
      try {
        return [[name, claimOf(own, nowSeconds)] as const];
      } catch (error) {
        if (id !== undefined || !(error instanceof ScheduleError)) throw error;
        return [];
      }
    }),
  );
}

function claimOf(actions: readonly ScheduledAction[], nowSeconds: number): ScheduledClaim {
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
function lastRun(action: ScheduledAction, nowSeconds: number): readonly ScheduledMinimum[] {
  const { Schedule: schedule, StartTime: start, EndTime: end } = action;
  const until = Math.min(nowSeconds, end ?? Infinity);
  const at = schedule.startsWith('at(')
    ? onceAt(action)
    : schedule.startsWith('rate(')
      ? ratedAt(action, until)
      : recurredAt(action, until);
  if (at === null || at > until || at < (start ?? -Infinity)) return [];
  return runAt(action, at);
}

function runAt(action: ScheduledAction, atSeconds: number | null): readonly ScheduledMinimum[] {
  const minimum = action.ScalableTargetAction?.MinCapacity;
  return atSeconds === null || minimum == null ? [] : [{ minimum, atSeconds }];
}

function onceAt(action: ScheduledAction): number | null {
  const [, local = ''] = /^at\((.+)\)$/.exec(action.Schedule) ?? [];
  const [at] = cron(action, local).nextRuns(1, new Date(0));
  return at === undefined ? null : Math.floor(at.getTime() / 1000);
}

/** The six fields of AWS are minutes, hours, day, month, weekday (Sunday is 1) and year. */
function recurredAt(action: ScheduledAction, untilSeconds: number): number | null {
  const [, fields = ''] = /^cron\((.+)\)$/.exec(action.Schedule) ?? [];
  const pattern = `0 ${fields.trim().replaceAll('?', '*')}`;
  // A run within this second counts; the library returns runs before its reference.
  const [at] = cron(action, pattern).previousRuns(1, new Date((untilSeconds + 1) * 1000));
  return at === undefined ? null : Math.floor(at.getTime() / 1000);
}

function cron(action: ScheduledAction, pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: action.Timezone ?? 'UTC', alternativeWeekdays: true });
  } catch (cause) {
    throw new ScheduleError(action, { cause });
  }
}

const UNIT_SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

function ratedAt(action: ScheduledAction, untilSeconds: number): number | null {
  const { Schedule: schedule, StartTime: start, CreationTime: created } = action;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const from = start ?? created;
  if (unit === undefined || from == null) {
    throw new ScheduleError(action, { cause: new Error('it is no rate with a beginning') });
  }
  const every = Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
  const runs = Math.floor((untilSeconds - from) / every);
  return runs < 0 ? null : Math.floor(from + runs * every);
}
