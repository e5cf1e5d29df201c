import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MeteredGroup } from '#adapters/aws/cloudwatch/metered-group.ts';
import { probeGroups } from '#adapters/aws/cloudwatch/probe-groups.ts';
import type { EnrolledGroup } from './enrolled-group.ts';

/** Groups change their monitoring rarely. */
const FRESH_SECONDS = 3600;

/** Seconds that one sample of an instance's CPU covers. */
export type SampleSecondsOf = (group: EnrolledGroup) => MeteredGroup['monitoringSeconds'];

export interface SampleProbe {
  /**
   * Finds out how often each group's instances are sampled; once an hour for each group. A group
   * that says so in its tag is taken at its word.
   */
  (groups: readonly EnrolledGroup[], nowSeconds: number): Promise<SampleSecondsOf>;
}

/**
 * Detailed monitoring gives five samples a period: counted as one each, a group would seem to have
 * five times its instances.
 * @param report hears of a failure; the groups' tags count then.
 */
export function createSampleProbe(
  client: CloudWatchClient,
  report: (what: string, error: unknown) => void,
): SampleProbe {
  const known = new Map<
    string,
    { readonly atSeconds: number; readonly seconds: MeteredGroup['monitoringSeconds'] }
  >();
  return async (groups, nowSeconds) => {
    const due = groups.filter(({ applicationId, metering }) => {
      const { atSeconds = -Infinity } = known.get(applicationId) ?? {};
      return metering.monitoringSeconds === 300 && nowSeconds - atSeconds >= FRESH_SECONDS;
    });
    const probed = due.map(({ applicationId, known: { instances } }) => ({
      applicationId,
      instances: instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length,
    }));
    try {
      const probes = await probeGroups(client, probed, nowSeconds, SAMPLE_METRICS);
      for (const [id, { monitoringSeconds }] of probes) {
        known.set(id, { atSeconds: nowSeconds, seconds: monitoringSeconds ?? 300 });
      }
    } catch (error) {
      report('how often CPU is sampled', error);
    }
    return ({ applicationId, metering }) =>
      known.get(applicationId)?.seconds ?? metering.monitoringSeconds;
  };
}

const SAMPLE_METRICS = ['cpuSamples', 'inService'] as const;
