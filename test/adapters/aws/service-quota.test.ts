import { NoSuchResourceException, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { expect, it } from 'vitest';
import { serviceQuota } from '#adapters/aws/service-quota.ts';
import { answerCommands } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

it('returns AWS’s default if the account has no own quota', async () => {
  const client = new ServiceQuotasClient(LOOPBACK_CREDENTIALS);
  let applied: number | null = 10;
  answerCommands(client, ({ name }) => {
    if (name === 'GetAWSDefaultServiceQuotaCommand') return { Quota: { Value: 1000 } };
    if (applied !== null) return { Quota: { Value: applied } };
    throw new NoSuchResourceException({ message: 'none', $metadata: {} });
  });
  expect(await serviceQuota(client, 'lambda', 'L-B99A9384')).toBe(10);
  applied = null;
  expect(await serviceQuota(client, 'lambda', 'L-B99A9384')).toBe(1000);
});
