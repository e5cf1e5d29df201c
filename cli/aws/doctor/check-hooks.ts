import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describeHooks } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { missingHooks } from '#cli/aws/enrolment/missing-hooks.ts';
import { shellWord } from '#core/text/shell-word.ts';
import type { Finding } from './finding.ts';

/**
 * Checks whether an enrolled group has its lifecycle hooks.
 * @throws ScalingError
 */
export async function checkHooks(client: AutoScalingClient, group: string): Promise<Finding> {
  const missing = missingHooks(await describeHooks(client, group));
  const about = { check: 'hooks', group };
  if (missing.length === 0) return { ...about, status: 'ok', text: 'both are present', run: null };
  return {
    ...about,
    status: 'warning',
    text: `missing or changed: ${missing.map(({ name }) => name).join(', ')}; without them decisions are made only every few minutes`,
    run: `npx foreprint enrol ${shellWord(group)}`,
  };
}
