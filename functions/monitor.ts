import { parse } from '@aws-lambda-powertools/parser';
import { createDigestNotifier } from '#core/detect/digest-notifier.ts';
import { monitorApplication } from '#core/monitor/monitor-application.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { eachGroup } from './groups/each-group.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { listEnrolledGroups } from './groups/list-enrolled-groups.ts';
import { autoScaling } from './wiring/auto-scaling.ts';
import { configuration, settings } from './wiring/environment.ts';
import { history } from './wiring/history.ts';
import { count, instrument, reportFailure } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { notifier } from './wiring/notifier.ts';
import { incidents, profiles } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';

const digest = createDigestNotifier(notifier, settings.detection.digest);
const ports = { history, profiles, incidents, forecasters, notifier: digest };

/** The schedule's tick: compares the newest measured step of every group with forecast and allocation. */
export const handler = instrument('monitor', async (event: unknown) => {
  const { atSeconds: nowSeconds } = parse(event, undefined, scheduledEventSchema);
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const groups = await listEnrolledGroups(autoScaling, configuration);
  let opened = 0;
  const monitor = async ({ applicationId }: EnrolledGroup): Promise<void> => {
    const result = await monitorApplication(ports, { applicationId, nowSeconds }, settings);
    opened += result?.opened.length ?? 0;
  };
  const run = await eachGroup(groups, monitor, reportFailure);
  await digest.flush(nowSeconds);
  count('IncidentsOpened', opened);
  return { ...run, opened };
});
