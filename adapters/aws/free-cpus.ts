import * as z from 'zod';
import { signedPost, type SignedEndpoint } from './signed-post.ts';

/** Usage metrics are published every few minutes. The newest value within this time is used. */
const LOOK_BACK_SECONDS = 3600;

/**
 * vCPUs of the running on-demand instances of the standard families (A, C, D, H, I, M, R, T, Z),
 * from EC2's usage metric, and their quota (L-1216C47A), from CloudWatch's SERVICE_QUOTA function.
 * So the Service Quotas API is not called.
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

/** True if the quota of the standard families counts the instance type. */
export function isStandardType(instanceType: string): boolean {
  return /^([acdhimrtz]|im|is)\d/.test(instanceType);
}

const answerSchema = z.object({
  MetricDataResults: z.array(z.object({ Id: z.string(), Values: z.array(z.number()) })),
});

/** CloudWatch did not return the number of vCPUs in use. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * vCPUs of the standard families that the account can still start on demand, never negative. Null
 * if CloudWatch has no usage or no quota. Uses a signed request instead of the CloudWatch client,
 * which no other part of monitoring needs.
 * @throws UsageError if CloudWatch rejects the request, and whatever `fetch` throws.
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
