import { Cron } from 'croner';
import * as z from 'zod';
import type { TimeRange } from '#core/domain/ports.ts';

/** Seconds, or text as ISO 8601. */
const timeSchema = z
  .union([z.number(), z.string().transform((text) => Date.parse(text) / 1000)])
  .nullish();

export const scheduledTargetSchema = z.object({
  ScheduledActionName: z.string(),
  ResourceId: z.string(),
  Schedule: z.string(),
  Timezone: z.string().nullish(),
  StartTime: timeSchema,
  EndTime: timeSchema,
  CreationTime: timeSchema,
  ScalableTargetAction: z
    .object({ MinCapacity: z.number().nullish(), MaxCapacity: z.number().nullish() })
    .nullish(),
});

/** A scheduled action of Application Auto Scaling. */
export type ScheduledTarget = z.output<typeof scheduledTargetSchema>;

/** A schedule that cannot be read: nobody can say whose a minimum is then. */
export class ScheduleError extends Error {
  constructor({ ScheduledActionName, Schedule }: ScheduledTarget, options: ErrorOptions) {
    super(`scheduled action ${ScheduledActionName} has the schedule "${Schedule}"`, options);
    this.name = 'ScheduleError';
  }
}

/**
 * The newest time at which an action was due at or before an instant, whenever it was made; null
 * where it never was.
 * @throws ScheduleError
 */
export function dueBefore(action: ScheduledTarget, untilSeconds: number): number | null {
  const { Schedule: schedule } = action;
  if (!schedule.startsWith('at(')) {
    return schedule.startsWith('rate(')
      ? ratedAt(action, untilSeconds)
      : recurredAt(action, untilSeconds);
  }
  const at = onceAt(action);
  return at === null || at > untilSeconds ? null : at;
}

/**
 * Every time at which an action is due in a range, oldest first, and the last one before it.
 * @throws ScheduleError
 */
export function dueWithin(
  action: ScheduledTarget,
  { fromSeconds, toSeconds }: TimeRange,
): readonly number[] {
  const times: number[] = [];
  let at = dueBefore(action, toSeconds - 1);
  while (at !== null) {
    times.push(at);
    at = at < fromSeconds ? null : dueBefore(action, at - 1);
  }
  return times.reverse();
}

/** When an action that runs once is due; null for a date that never comes. */
export function onceAt(action: ScheduledTarget): number | null {
  const [, local = ''] = /^at\((.+)\)$/.exec(action.Schedule) ?? [];
  const [at] = cron(action, local).nextRuns(1, new Date(0));
  return at === undefined ? null : Math.floor(at.getTime() / 1000);
}

/** The six fields of AWS are minutes, hours, day, month, weekday (Sunday is 1) and year. */
function recurredAt(action: ScheduledTarget, untilSeconds: number): number | null {
  const [, fields = ''] = /^cron\((.+)\)$/.exec(action.Schedule) ?? [];
  const pattern = `0 ${fields.trim().replaceAll('?', '*')}`;
  // A run within this second counts; the library returns runs before its reference.
  const [at] = cron(action, pattern).previousRuns(1, new Date((untilSeconds + 1) * 1000));
  return at === undefined ? null : Math.floor(at.getTime() / 1000);
}

function cron(action: ScheduledTarget, pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: action.Timezone ?? 'UTC', alternativeWeekdays: true });
  } catch (cause) {
    throw new ScheduleError(action, { cause });
  }
}

const UNIT_SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

function ratedAt(action: ScheduledTarget, untilSeconds: number): number | null {
  const { Schedule: schedule, StartTime: start, CreationTime: created } = action;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const from = start ?? created;
  if (unit === undefined || from == null) {
    throw new ScheduleError(action, { cause: new Error('it is no rate with a beginning') });
  }
  const every = Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
  return Math.floor(from + Math.floor((untilSeconds - from) / every) * every);
}
