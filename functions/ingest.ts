import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { parse } from '@aws-lambda-powertools/parser';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { eachGroup } from './groups/each-group.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { listEnrolledGroups } from './groups/list-enrolled-groups.ts';
import { ingestGroups } from './ingestion/ingest-groups.ts';
import { autoScaling } from './wiring/auto-scaling.ts';
import { configuration, settings } from './wiring/environment.ts';
import { history } from './wiring/history.ts';
import { instanceCapacity } from './wiring/instance-capacity.ts';
import { instrument, reportFailure } from './wiring/instruments.ts';
import { killSwitch } from './wiring/switch.ts';

const client = new CloudWatchClient();
const { stepSeconds } = settings;
const sourceOf = (groups: readonly MeteredGroup[]) =>
  createCloudwatchMetricSource({ client, groups, periodSeconds: stepSeconds });

/** The schedule's tick: CloudWatch's metrics of all enrolled groups become footprints in the history. */
export const handler = instrument('ingest', async (event: unknown) => {
  const { atSeconds: nowSeconds } = parse(event, undefined, scheduledEventSchema);
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const metered: MeteredGroup[] = [];
  const meter = async (group: EnrolledGroup): Promise<void> => {
    metered.push(await meteredGroup(group));
  };
  await eachGroup(await listEnrolledGroups(autoScaling, configuration), meter, reportFailure);
  const ports = { history, sourceOf, report: reportFailure };
  return ingestGroups(ports, metered, { nowSeconds, stepSeconds });
});

async function meteredGroup(group: EnrolledGroup): Promise<MeteredGroup> {
  const { applicationId, applicationType, instanceTypes } = group;
  const { cpu, memory } = await instanceCapacity(applicationId, instanceTypes);
  // Basic monitoring unless a group publishes how many instances it has, which then counts instead.
  return {
    applicationId,
    applicationType,
    vcpus: cpu ?? 1,
    memoryBytes: memory ?? 0,
    monitoringSeconds: 300,
  };
}
