import { parse } from '@aws-lambda-powertools/parser';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { allocateGroup } from './allocation/allocate-group.ts';
import { handleLifecycleAction } from './allocation/handle-lifecycle-action.ts';
import { lifecycleEventSchema, type LifecycleAction } from './events/lifecycle-event.ts';
import { scheduledEventSchema, type ScheduledTick } from './events/scheduled-event.ts';
import { eachGroup } from './groups/each-group.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { findEnrolledGroup, listEnrolledGroups } from './groups/list-enrolled-groups.ts';
import { autoScaling } from './wiring/auto-scaling.ts';
import { decideOnce } from './wiring/decide-once.ts';
import { configuration, environment, settings } from './wiring/environment.ts';
import { history } from './wiring/history.ts';
import { count, instrument, reportFailure } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { required } from './wiring/read-environment.ts';
import { dynamodb, incidents, profiles } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';
import { target } from './wiring/target.ts';

/** What remains for completing the lifecycle action when the decision takes its whole time. */
const COMPLETION_MS = 10_000;
/** An instance waits for this long at most, however much time the function has left. */
const DECISION_MS = 30_000;

const ports = { history, profiles, incidents, forecasters, target };

const handledEvents = {
  client: dynamodb,
  table: required(environment, 'FOREPRINT_IDEMPOTENCY_TABLE'),
};

const decide = decideOnce(handledEvents, async (action: LifecycleAction) => {
  const { applicationId, atSeconds } = action;
  if (!(await killSwitch.mayAct())) return;
  const group = await findEnrolledGroup(autoScaling, applicationId, configuration);
  if (group === null) return;
  await allocateGroup(ports, group, atSeconds, settings);
  count('Decisions', 1);
});

/** A lifecycle action of one group, or the schedule's tick for all groups. */
export const handler = instrument('allocate', (event: unknown, context: Context) => {
  const parsed = parse(event, undefined, z.union([lifecycleEventSchema, scheduledEventSchema]));
  return 'token' in parsed ? answerHook(parsed, context) : allocateAll(parsed);
});

async function answerHook(action: LifecycleAction, context: Context): Promise<unknown> {
  const budgetMs = Math.min(DECISION_MS, context.getRemainingTimeInMillis() - COMPLETION_MS);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const outcome = await handleLifecycleAction(
    {
      decide: (waiting) => decide(waiting, context),
      complete: target.completeLifecycleAction,
      report: reportFailure,
    },
    action,
    { nowSeconds, budgetMs },
  );
  return { outcome };
}

async function allocateAll({ atSeconds }: ScheduledTick): Promise<unknown> {
  const mayAct = await killSwitch.mayAct();
  const groups = await listEnrolledGroups(autoScaling, configuration);
  count('Applications', groups.length);
  if (!mayAct) {
    const floored = groups.filter(({ hasFloor }) => hasFloor);
    const restore = async ({ applicationId }: EnrolledGroup): Promise<void> => {
      await target.restoreMinimum(applicationId);
    };
    return { stopped: true, restored: await eachGroup(floored, restore, reportFailure) };
  }
  const decideGroup = async (group: EnrolledGroup): Promise<void> => {
    await allocateGroup(ports, group, atSeconds, settings);
  };
  const run = await eachGroup(groups, decideGroup, reportFailure);
  count('Decisions', run.groups - run.failed);
  return run;
}
