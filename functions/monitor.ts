import { parse } from '@aws-lambda-powertools/parser';
import type { Context } from 'aws-lambda';
import { readLaunches } from '#adapters/aws/auto-scaling/read-launches.ts';
import { freeStandardCpus } from '#adapters/aws/free-cpus.ts';
import { createDigestNotifier } from '#core/detection/incidents/digest-notifier.ts';
import type { Supply } from '#core/capacity/supply.ts';
import { confirmAnnounced } from '#core/use-cases/announce.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { eachGroup } from './groups/each-group.ts';
import { groupsOfPart } from './groups/groups-of-part.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { listEnrolledGroups } from './groups/list-enrolled-groups.ts';
import { monitorGroup } from './monitoring/monitor-group.ts';
import { freeCpusOnce, refreshSupply, type SupplyPorts } from './monitoring/refresh-supply.ts';
import { autoScaling } from './wiring/auto-scaling.ts';
import { configuration, settings } from '#functions/environment/environment.ts';
import { history } from './wiring/history.ts';
import { count, instrument, reportFailure } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { notifier } from './wiring/notifier.ts';
import { signedEndpoint } from './wiring/signed-endpoint.ts';
import { clusteredProfiles, incidents } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';
import { timeLeft } from './wiring/time-left.ts';
import { requestTraining } from './wiring/training-requests.ts';

/** What a group may still take when the time is nearly over. */
const GROUP_MS = 15_000;

const cloudwatch = signedEndpoint('CLOUDWATCH');

const digest = createDigestNotifier(notifier, settings.detection.digest);
const ports = { history, profiles: clusteredProfiles, incidents, forecasters, notifier: digest };

/** The schedule's tick: compares the newest measured step of every group with forecast and allocation. */
export const handler = instrument('monitor', async (event: unknown, context: Context) => {
  const { atSeconds: nowSeconds, share } = parse(event, undefined, scheduledEventSchema);
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const groups = groupsOfPart(await listEnrolledGroups(autoScaling, configuration), share);
  const asking = {
    ...ports,
    requestTraining: (ids: readonly string[]) => requestTraining(ids, nowSeconds),
  };
  let opened = 0;
  const supplyPorts = supplyOf(nowSeconds);
  const monitor = async (group: EnrolledGroup): Promise<void> => {
    const { applicationId, known } = group;
    // A group that was scaled to nothing measures nothing, and that is no silence.
    if (known.desired === 0) return;
    const refreshed = (before: Supply | undefined) =>
      refreshSupply(supplyPorts, group, { before, nowSeconds });
    const result = await monitorGroup(
      { ...asking, refreshSupply: refreshed },
      { applicationId, nowSeconds },
      settings,
    );
    opened += result?.opened.length ?? 0;
  };
  const run = await eachGroup(groups, monitor, {
    report: reportFailure,
    mayContinue: timeLeft(context, GROUP_MS),
  });
  for (const applicationId of await digest.flush(nowSeconds)) {
    await confirmAnnounced(incidents, applicationId);
  }
  count('IncidentsOpened', opened);
  count('UnreachedApplications', run.unreached ?? 0);
  return { ...run, opened };
});

/** Ports of `refreshSupply` for one run. */
function supplyOf(nowSeconds: number): SupplyPorts {
  const ask = () => freeStandardCpus(cloudwatch, nowSeconds);
  return {
    readLaunches: (group, current) => readLaunches(autoScaling, group, current),
    freeCpus: freeCpusOnce(ask, reportFailure),
    report: reportFailure,
  };
}
