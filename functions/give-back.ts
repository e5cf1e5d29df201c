import { setTimeout as wait } from 'node:timers/promises';
import { parse } from '@aws-lambda-powertools/parser';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { configuration, environment } from '#functions/environment/environment.ts';
import { required } from '#functions/environment/read-environment.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { stackEventSchema } from './events/stack-event.ts';
import { answerStack } from './giving-back/answer-stack.ts';
import { giveBackGroup } from './giving-back/give-back-group.ts';
import { giveBackStrays } from './giving-back/give-back-strays.ts';
import { postAnswer } from './giving-back/post-answer.ts';
import { eachGroup } from './groups/each-group.ts';
import { enrolledGroup } from './groups/enrolled-group.ts';
import { listEnrolled } from './groups/list-enrolled.ts';
import { GROUP_MS } from './wiring/call-limits.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { SWITCH_FRESH_MS } from './wiring/kill-switch.ts';
import { watermarks } from './wiring/stores.ts';
import { ssm } from './wiring/switch.ts';
import { claimSource } from './wiring/target.ts';

const eventSchema = z.union([stackEventSchema, scheduledEventSchema]);

/** Decisions that began before the switch was turned end within this time. */
const SETTLE_MS = SWITCH_FRESH_MS + 5_000;

/**
 * Gives groups back to their owners: those that lost their tag at every tick, all of them before
 * the stack is deleted. It heeds no kill switch, because giving back is what the switch is for.
 */
export const handler = instrument('give-back', async (event: unknown, context: Context) => {
  const parsed = parse(event, undefined, eventSchema);
  if ('RequestType' in parsed) {
    return { status: await answerStack({ giveAllBack, respond: postAnswer }, parsed) };
  }
  const isOurs = (group: Parameters<typeof enrolledGroup>[0]): boolean => {
    const found = enrolledGroup(group, configuration.mode);
    const { groups } = configuration;
    return found !== null && (groups.length === 0 || groups.includes(found.applicationId));
  };
  const mayContinue = async () => context.getRemainingTimeInMillis() > GROUP_MS;
  const enrolled = await listEnrolled(claimSource, configuration);
  const listed = new Set(enrolled.map(({ applicationId }) => applicationId));
  const ours = { listed, isOurs, watermarks };
  return giveBackStrays(claimSource, ours, { report: reportFailure, mayContinue });
});

/** Stops all decisions for good, then gives every group back. */
async function giveAllBack(): Promise<readonly string[]> {
  const Name = required(environment, 'FOREPRINT_SWITCH');
  await ssm.send(new PutParameterCommand({ Name, Value: 'stop', Overwrite: true }));
  await wait(SETTLE_MS);
  const enrolled = await listEnrolled(claimSource, configuration);
  const names = new Set([
    ...enrolled.map(({ applicationId }) => applicationId),
    ...(await claimSource.floors.all()).keys(),
    ...(await watermarks.read()).keys(),
  ]);
  const groups = [...names].map((applicationId) => ({ applicationId }));
  const failed: string[] = [];
  const report = (group: string, error: unknown): void => {
    reportFailure(group, error);
    failed.push(error instanceof Error ? error.message : `${group}: ${String(error)}`);
  };
  const giveBack = ({ applicationId }: { readonly applicationId: string }) =>
    giveBackGroup(claimSource, applicationId);
  await eachGroup(groups, giveBack, { report }).catch(() => undefined);
  return failed;
}
