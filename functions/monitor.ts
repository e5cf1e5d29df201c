import { parse } from '@aws-lambda-powertools/parser';
import type { Context } from 'aws-lambda';
import { readLaunches } from '#adapters/aws/auto-scaling/read-launches.ts';
import { freeStandardCpus } from '#adapters/aws/free-cpus.ts';
import { configuration, settings } from '#functions/environment/environment.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { isStale } from './events/stale.ts';
import { policiesOnce, settingsOfGroup } from './groups/group-policies.ts';
import { groupsOfPart } from './groups/groups-of-part.ts';
import { listEnrolled } from './groups/list-enrolled.ts';
import { monitorGroups } from './monitoring/monitor-groups.ts';
import { freeCpusOnce, refreshSupply, type SupplyPorts } from './monitoring/refresh-supply.ts';
import { autoScaling, scalingClients } from './wiring/auto-scaling.ts';
import { GROUP_MS } from './wiring/call-limits.ts';
import { history } from './wiring/history.ts';
import { count, instrument, reportFailure } from './wiring/instruments.ts';
import { forecasters } from './wiring/models.ts';
import { notifier } from './wiring/notifier.ts';
import { signedEndpoint } from './wiring/signed-endpoint.ts';
import { clusteredProfiles, incidents } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';
import { timeLeft } from './wiring/time-left.ts';
import { requestTraining } from './wiring/training-requests.ts';

const cloudwatch = signedEndpoint('CLOUDWATCH');

const ports = { history, profiles: clusteredProfiles, incidents, forecasters, notifier };

/**
 * The schedule's tick: compares the newest measured step of every group with forecast and
 * allocation.
 */
export const handler = instrument('monitor', async (event: unknown, context: Context) => {
  const { atSeconds: nowSeconds, share } = parse(event, undefined, scheduledEventSchema);
  if (isStale(nowSeconds, Date.now() / 1000)) return { stale: true };
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const groups = groupsOfPart(
    await listEnrolled(scalingClients, configuration, { report: reportFailure }),
    share,
  );
  const supplyPorts = supplyOf(nowSeconds);
  const policiesOf = policiesOnce(scalingClients);
  const run = await monitorGroups(
    {
      ...ports,
      refreshSupply: (group, before) => refreshSupply(supplyPorts, group, { before, nowSeconds }),
      settingsOf: async (group) =>
        settingsOfGroup(settings, group, await policiesOf(group.applicationId)),
      requestTraining: (ids) => requestTraining(ids, nowSeconds),
      report: reportFailure,
      mayContinue: timeLeft(context, GROUP_MS),
    },
    { groups, nowSeconds },
    settings,
  );
  count('IncidentsOpened', run.opened);
  count('UnreachedApplications', run.unreached ?? 0);
  return run;
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
