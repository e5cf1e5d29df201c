import type { ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import { Cron } from 'croner';
import { dueWithin, type ScheduledTarget } from '#adapters/aws/ecs/target-schedule.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import type { ScheduledAction } from '#evaluation/account/account-instance.ts';

/**
 * When a group's recurring actions run in a range, oldest first, and the last run of each before it,
 * whose sizes hold at its start. An action that began within the range is taken to have been there
 * before: the group is replayed with the schedule that it has now. Auto Scaling forgets actions
 * that run once.
 */
export function scheduledRuns(
  actions: readonly ScheduledUpdateGroupAction[],
  { fromSeconds, toSeconds }: TimeRange,
): readonly ScheduledAction[] {
  return actions
    .flatMap((action) => runsOf(action, { fromSeconds, toSeconds }))
    .sort((a, b) => a.atSeconds - b.atSeconds);
}

function runsOf(
  action: ScheduledUpdateGroupAction,
  { fromSeconds, toSeconds }: TimeRange,
): ScheduledAction[] {
  const { Recurrence: recurrence, TimeZone: timezone = 'UTC' } = action;
  if (!recurrence) return [];
  const cron = new Cron(recurrence, { timezone });
  const start = new Date(fromSeconds * 1000);
  const [before] = cron.previousRuns(1, start);
  const times = before === undefined ? [] : [before];
  let next = cron.nextRun(new Date(start.getTime() - 1000));
  while (next !== null && next.getTime() < toSeconds * 1000) {
    times.push(next);
    next = cron.nextRun(next);
  }
  return times.map((time) => ({
    name: action.ScheduledActionName ?? '',
    atSeconds: Math.floor(time.getTime() / 1000),
    ...(action.MinSize !== undefined && { min: action.MinSize }),
    ...(action.MaxSize !== undefined && { max: action.MaxSize }),
    ...(action.DesiredCapacity !== undefined && { desired: action.DesiredCapacity }),
  }));
}

/**
 * The same of a service. An action whose end has come by now runs no longer and is left out.
 * @throws ScheduleError
 */
export function scheduledTargetRuns(
  actions: readonly ScheduledTarget[],
  range: TimeRange,
): readonly ScheduledAction[] {
  return actions
    .filter(({ EndTime: end }) => end == null || end > range.toSeconds)
    .flatMap((action) => {
      const { MinCapacity: min, MaxCapacity: max } = action.ScalableTargetAction ?? {};
      return dueWithin(action, range).map((atSeconds) => ({
        name: action.ScheduledActionName,
        atSeconds,
        ...(min != null && { min }),
        ...(max != null && { max }),
      }));
    })
    .sort((a, b) => a.atSeconds - b.atSeconds);
}
