import { AutoScalingClient, type AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { checkPolicies } from '#cli/aws/doctor/check-policies.ts';
import { fullModeConflicts } from '#cli/aws/enrolment/policy-conflicts.ts';
import { answerCommands } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

/** Auto Scaling in which only the shop has a policy. */
function account(): AutoScalingClient {
  const client = new AutoScalingClient(LOOPBACK_CREDENTIALS);
  answerCommands(client, () => ({
    ScalingPolicies: [
      { AutoScalingGroupName: 'shop', PolicyName: 'keep-cpu', PolicyType: 'StepScaling' },
    ],
  }));
  return client;
}

const tagged = (tags: Readonly<Record<string, string>>) =>
  ({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }) as AutoScalingGroup;

describe('full beside a dynamic policy', () => {
  const groups = new Map([
    ['shop', tagged({})],
    ['batch', tagged({})],
  ]);

  it('is refused with a sentence that names group and policy', async () => {
    const modes = { mode: 'full', defaultMode: 'observe' } as const;
    const [sentence, ...others] = await fullModeConflicts(account(), groups, modes);
    expect(sentence).toMatch(/group "shop" has the dynamic scaling policy "keep-cpu".*--force/);
    expect(others).toEqual([]);
  });

  it('stands for the mode of the tag and of the deployment too', async () => {
    const of = async (mode: 'full' | 'observe', tag?: string) => {
      const shop = new Map([['shop', tagged(tag === undefined ? {} : { [MODE_TAG]: tag })]]);
      const modes = { mode: undefined, defaultMode: mode };
      return (await fullModeConflicts(account(), shop, modes)).length;
    };
    expect(await of('full')).toBe(1);
    expect(await of('observe')).toBe(0);
    expect(await of('observe', 'full')).toBe(1);
    expect(await of('full', 'scale-out')).toBe(0);
  });

  it('is a finding of doctor until the owner insists', async () => {
    const statusOf = async (tags: Readonly<Record<string, string>>) => {
      const [finding] = await checkPolicies(account(), [['shop', tagged(tags)]], 'observe');
      return finding?.status;
    };
    expect(await statusOf({ [MODE_TAG]: 'full' })).toBe('warning');
    expect(await statusOf({ [MODE_TAG]: 'full', 'foreprint:force': 'full' })).toBe('ok');
    expect(await statusOf({ [MODE_TAG]: 'scale-out' })).toBe('ok');
  });
});
