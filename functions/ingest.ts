import { parse } from '@aws-lambda-powertools/parser';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Context } from 'aws-lambda';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { createMetricDelays } from '#adapters/aws/cloudwatch/metric-delays.ts';
import { pastCounted } from '#adapters/aws/cloudwatch/past-counted.ts';
import { CLOUDWATCH_LIMITS } from '#adapters/aws/cloudwatch/source-limits.ts';
import { createCloudwatchMetricSource } from '#adapters/aws/cloudwatch-metric-source.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import { ingestApplications } from '#core/ingestion/ingest-applications.ts';
import { configuration, settings } from '#functions/environment/environment.ts';
import { scheduledEventSchema } from './events/scheduled-event.ts';
import { isStale } from './events/stale.ts';
import { eachGroup } from './groups/each-group.ts';
import type { EnrolledGroup } from './groups/enrolled-group.ts';
import { listEnrolled } from './groups/list-enrolled.ts';
import { meteredGroup } from './groups/metered-group.ts';
import { rememberDelays } from './groups/remember-delays.ts';
import { createSampleProbe } from './groups/sample-seconds.ts';
import { scalingClients } from './wiring/auto-scaling.ts';
import { LONG_CALL_LIMITS, unansweredMs } from './wiring/call-limits.ts';
import { history } from './wiring/history.ts';
import { instanceCapacity } from './wiring/instance-capacity.ts';
import { instrument, logger, reportFailure, traced } from './wiring/instruments.ts';
import { watermarks } from './wiring/stores.ts';
import { killSwitch } from './wiring/switch.ts';
import { timeLeft } from './wiring/time-left.ts';
import { requestTraining } from './wiring/training-requests.ts';

const capacityOf = instanceCapacity(settings);

/** Time reserve for one part of a back-fill: one call without an answer, and writes. */
const PART_MS = unansweredMs(LONG_CALL_LIMITS) + 5_000;

const client = traced(new CloudWatchClient(LONG_CALL_LIMITS));
const sampleProbe = createSampleProbe(client, reportFailure);
const delays = createMetricDelays();
const rememberedWatermarks = rememberDelays(watermarks, delays);
const { stepSeconds } = settings;
const { historyDays } = configuration;
const sourceAt = (nowSeconds: number) => (groups: readonly MeteredGroup[], periodSeconds: number) =>
  createCloudwatchMetricSource({ client, groups, periodSeconds, nowSeconds, delays });

/**
 * Scheduled run: converts CloudWatch metrics of all enrolled groups to footprints in the history.
 */
export const handler = instrument('ingest', async (event: unknown, context: Context) => {
  const { atSeconds: nowSeconds } = parse(event, undefined, scheduledEventSchema);
  if (isStale(nowSeconds, Date.now() / 1000)) return { stale: true };
  if (!(await killSwitch.mayAct())) return { stopped: true };
  const metered: MeteredGroup[] = [];
  const groups = await listEnrolled(scalingClients, configuration, { report: reportFailure });
  const sampleSecondsOf = await sampleProbe(groups, nowSeconds);
  const meter = async (group: EnrolledGroup): Promise<void> => {
    metered.push(await meteredGroup(group, capacityOf, sampleSecondsOf(group)));
  };
  await eachGroup(groups, meter, { report: reportFailure });
  const ports = {
    history,
    watermarks: rememberedWatermarks,
    sourceOf: sourceAt(nowSeconds),
    limits: CLOUDWATCH_LIMITS,
    requestTraining: (ids: readonly string[]) => requestTraining(ids, nowSeconds),
    mayContinue: timeLeft(context, PART_MS),
    report: reportFailure,
    backFilled: (group: MeteredGroup, range: TimeRange) =>
      logger.info('past counted with instances of today', pastCounted(group, range)),
  };
  const time = { nowSeconds, stepSeconds, historyDays };
  const { applications, points, failures } = await ingestApplications(ports, metered, time);
  return { groups: applications, points, failures };
});
