import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { serviceQuota } from '#adapters/aws/service-quota.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { finding, type Finding } from './finding.ts';

/** Quotas that Foreprint meets first, with what it needs of them. */
const QUOTAS = [
  {
    what: 'Lambda functions at the same time',
    service: 'lambda',
    code: 'L-B99A9384',
    // 50 trainings at a time by default, and as many for everything else; new accounts have 10.
    least: 100,
    wanted: 1000,
  },
  {
    what: 'GetMetricData calls a second',
    service: 'monitoring',
    code: 'L-5E141212',
    // A back-fill of four groups at a time; 50 groups fit into a call of ingest. The default is 50.
    least: 10,
    wanted: 50,
  },
] as const;

/** Quotas that matter; two calls. One that cannot be read is unknown and fails nothing. */
export async function checkQuotas({ client }: AwsAccount): Promise<readonly Finding[]> {
  const quotas = new ServiceQuotasClient({ ...client, maxAttempts: 2 });
  return Promise.all(
    QUOTAS.map(async ({ what, service, code, least, wanted }) => {
      const check = `quota ${service}`;
      try {
        const value = await serviceQuota(quotas, service, code);
        if (value === null) return finding(check, 'unknown', `${what}: AWS does not say`);
        if (value >= least) return finding(check, 'ok', `${what}: ${value}`);
        return finding(
          check,
          'warning',
          `${what}: ${value}, fewer than the ${least} that many groups need`,
          `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${wanted}`,
        );
      } catch (error) {
        return finding(check, 'unknown', `${what}: ${awsFailureText(error)}`);
      }
    }),
  );
}
