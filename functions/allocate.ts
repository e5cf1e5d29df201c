import { parse } from '@aws-lambda-powertools/parser';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { configuration, environment, settings } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { allocateGroup } from './allocation/allocate-group.ts';
import { decideAction } from './allocation/decide-action.ts';
import { handleLifecycleAction } from './allocation/handle-lifecycle-action.ts';
import { letWaitingGoOn } from './allocation/let-waiting-go-on.ts';
import { lifecycleEventSchema, type LifecycleAction } from './events/lifecycle-event.ts';
import { scheduledEventSchema, type ScheduledTick } from './events/scheduled-event.ts';
import { isStale } from './events/stale.ts';
import { switchEventSchema } from './events/switch-event.ts';
import { eachGroup } from './groups/each-group.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { policiesOfOne, policiesOnce } from './groups/group-policies.ts';
import { groupsOfPart } from './groups/groups-of-part.ts';
import { findEnrolledGroup } from './groups/list-enrolled-groups.ts';
import { listEnrolled } from './groups/list-enrolled.ts';
import { keepExpected } from './groups/tagged-expectations.ts';
import { autoScaling, scalingClients } from './wiring/auto-scaling.ts';
import { GROUP_MS } from './wiring/call-limits.ts';
import { decideOnce } from './wiring/decide-once.ts';
import { dynamodb } from './wiring/dynamodb.ts';
import { history } from './wiring/history.ts';
import { count, instrument, reportFailure } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { clusteredProfiles, expectations, incidents } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';
import { claimSource, target } from './wiring/target.ts';
import { timeLeft } from './wiring/time-left.ts';

/** What remains for completing the lifecycle action when the decision takes its whole time. */
const COMPLETION_MS = 10_000;
/** An instance waits for this long at most, however much time the function has left. */
const DECISION_MS = 30_000;

const ports = {
  history,
  profiles: clusteredProfiles,
  incidents,
  forecasters,
  target,
  mayAct: killSwitch.mayAct,
  report: reportFailure,
};

const handledEvents = {
  client: dynamodb,
  table: required(environment, 'FOREPRINT_IDEMPOTENCY_TABLE'),
};

const eventSchema = z.union([lifecycleEventSchema, scheduledEventSchema, switchEventSchema]);

const decide = decideOnce(handledEvents, async (action: LifecycleAction, signal) => {
  const findGroup = (name: string) =>
    findEnrolledGroup(autoScaling, name, configuration, claimSource);
  const policiesOf = policiesOfOne(autoScaling);
  await decideAction({ ...ports, findGroup, policiesOf }, action, settings, signal);
  count('Decisions', 1);
});

/**
 * A lifecycle action of one group, or all groups: the schedule's tick, or somebody turned the kill
 * switch.
 */
export const handler = instrument('allocate', (event: unknown, context: Context) => {
  const parsed = parse(event, undefined, eventSchema);
  if ('token' in parsed) return answerHook(parsed, context);
  if ('isSwitched' in parsed) killSwitch.forget();
  return allocateAll(parsed, context);
});

async function answerHook(action: LifecycleAction, context: Context): Promise<unknown> {
  const budgetMs = Math.min(DECISION_MS, context.getRemainingTimeInMillis() - COMPLETION_MS);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no decision within ${budgetMs} ms`)),
    budgetMs,
  );
  try {
    const outcome = await handleLifecycleAction(
      {
        decide: (waiting, signal) => decide(waiting, context, signal),
        complete: target.completeLifecycleAction,
        report: reportFailure,
      },
      action,
      { nowSeconds, deadline: controller.signal },
    );
    return { outcome };
  } finally {
    clearTimeout(timer);
  }
}

async function allocateAll(
  { atSeconds, share }: ScheduledTick,
  context: Context,
): Promise<unknown> {
  const nowSeconds = claimSource.nowSeconds();
  if (isStale(atSeconds, nowSeconds)) return { stale: true };
  const position = await killSwitch.position();
  // Nobody can say whether to act: minimums stay as they are until somebody can.
  if (position === 'unknown') throw new Error('the kill switch cannot be read');
  const listed = await listEnrolled(scalingClients, configuration, {
    minimums: claimSource,
    report: reportFailure,
  });
  const groups = groupsOfPart(listed, share);
  count('Applications', groups.length);
  const goOn = (group: EnrolledGroup) =>
    letWaitingGoOn(target, group).catch((error: unknown) =>
      reportFailure(`${group.applicationId}: instances that wait in a hook`, error),
    );
  if (position === 'stop') {
    await eachGroup(groups, goOn, { report: reportFailure });
    const floored = groups.filter(({ known }) => known.hasFloor);
    const restore = async ({ applicationId }: EnrolledGroup): Promise<void> => {
      await target.restoreMinimum(applicationId);
    };
    return {
      stopped: true,
      restored: await eachGroup(floored, restore, { report: reportFailure }),
    };
  }
  if (share === undefined || share.part === 0) {
    await keepExpected(expectations, listed, reportFailure).catch((error: unknown) =>
      reportFailure('expected events', error),
    );
  }
  const groupPorts = { ...ports, policiesOf: policiesOnce(scalingClients) };
  const decideGroup = async (group: EnrolledGroup): Promise<void> => {
    await goOn(group);
    await allocateGroup(groupPorts, group, atSeconds, settings);
  };
  const run = await eachGroup(groups, decideGroup, {
    report: reportFailure,
    mayContinue: timeLeft(context, GROUP_MS),
  });
  count('Decisions', run.groups - run.failed - (run.unreached ?? 0));
  count('UnreachedApplications', run.unreached ?? 0);
  return run;
}
