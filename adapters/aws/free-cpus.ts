import * as z from 'zod';
import { signedPost, type SignedEndpoint } from './signed-post.ts';

/** Use is published every few minutes; the newest value of so long counts. */
const LOOK_BACK_SECONDS = 3600;

/**
 * Running on-demand instances of the standard families (A, C, D, H, I, M, R, T, Z) in virtual CPUs, as EC2 publishes
 * their number, and the quota of it (L-1216C47A) by CloudWatch's own arithmetic: Service Quotas is not asked.
 */
const QUERIES = [
  {
    Id: 'used',
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Usage',
        MetricName: 'ResourceCount',
        Dimensions: [
          { Name: 'Service', Value: 'EC2' },
          { Name: 'Type', Value: 'Resource' },
          { Name: 'Resource', Value: 'vCPU' },
          { Name: 'Class', Value: 'Standard/OnDemand' },
        ],
      },
      Period: 300,
      Stat: 'Maximum',
    },
  },
  { Id: 'quota', Expression: 'SERVICE_QUOTA(used)' },
];

/** Types that the quota of the standard families counts. */
export function isStandardType(instanceType: string): boolean {
  return /^([acdhimrtz]|im|is)\d/.test(instanceType);
}

const answerSchema = z.object({
  MetricDataResults: z.array(z.object({ Id: z.string(), Values: z.array(z.number()) })),
});

/** CloudWatch did not say how many CPUs are in use. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Virtual CPUs of the standard families that the account may still start on demand, never negative; one round trip. Null
 * where CloudWatch has no use or no quota of them. Without CloudWatch's client, which nothing else in monitoring needs.
 * @throws UsageError when it refuses, and what `fetch` throws.
 */
export async function freeStandardCpus(
  cloudwatch: SignedEndpoint,
  nowSeconds: number,
): Promise<number | null> {
  const { ok, status, text } = await signedPost(cloudwatch, {
    service: 'monitoring',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
    },
    body: JSON.stringify({
      StartTime: nowSeconds - LOOK_BACK_SECONDS,
      EndTime: nowSeconds,
      ScanBy: 'TimestampDescending',
      MetricDataQueries: QUERIES,
    }),
  });
  if (!ok) throw new UsageError(`CloudWatch answered ${status}: ${text.slice(0, 200)}`);
  const { MetricDataResults: results } = answerSchema.parse(JSON.parse(text));
  const newest = (id: string) => results.find(({ Id }) => Id === id)?.Values[0];
  const [used, quota] = [newest('used'), newest('quota')];
  return used === undefined || quota === undefined ? null : Math.max(0, quota - used);
}
