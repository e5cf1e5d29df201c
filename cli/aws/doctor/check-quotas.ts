import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { serviceQuota } from '#adapters/aws/service-quota.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import type { AwsAccount } from '#cli/aws/account/open-account.ts';
import { finding, type Finding } from './finding.ts';

/** Quotas that a deployment reaches first, with the values that it needs. */
const QUOTAS = [
  {
    what: 'Lambda functions at the same time',
    service: 'lambda',
    code: 'L-B99A9384',
    // By default 50 trainings run concurrently, and the other functions need about as many. New
    // accounts have 10.
    minimum: 100,
    requested: 1000,
  },
  {
    what: 'GetMetricData calls a second',
    service: 'monitoring',
    code: 'L-5E141212',
    // A back-fill reads four groups concurrently, and one call of ingestion reads 50 groups. AWS's
    // default is 50.
    minimum: 10,
    requested: 50,
  },
] as const;

/** Checks the quotas with one call each. A quota that cannot be read is `unknown`, not `failed`. */
export async function checkQuotas({ client }: AwsAccount): Promise<readonly Finding[]> {
  const quotas = new ServiceQuotasClient({ ...client, maxAttempts: 2 });
  return Promise.all(
    QUOTAS.map(async ({ what, service, code, minimum, requested }) => {
      const check = `quota ${service}`;
      try {
        const value = await serviceQuota(quotas, service, code);
        if (value === null) return finding(check, 'unknown', `${what}: AWS returns no value`);
        if (value >= minimum) return finding(check, 'ok', `${what}: ${value}`);
        return finding(
          check,
          'warning',
          `${what}: ${value}, fewer than the ${minimum} that many groups need`,
          `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${requested}`,
        );
      } catch (error) {
        return finding(check, 'unknown', `${what}: ${awsFailureText(error)}`);
      }
    }),
  );
}
