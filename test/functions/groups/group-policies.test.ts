import type { AutoScalingClient, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { AutoScalingClient as Client } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { describePolicies, NO_POLICIES } from '#adapters/aws/auto-scaling/describe-policies.ts';
import { parseExpectTags } from '#cdk/configuration/expect-tags.ts';
import { parseTarget } from '#core/capacity/wanted-utilization.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { effectiveMode, settingsOfGroup } from '#functions/groups/group-policies.ts';
import { answerCommands } from '#test/emulators/answer-commands.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';

function tracking(group: string, target: number, others: Partial<ScalingPolicy> = {}) {
  return {
    AutoScalingGroupName: group,
    PolicyName: `keep ${target}`,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: target,
    },
    ...others,
  } as const;
}

/** Auto Scaling with these policies, one a page. */
function accountWith(policies: readonly ScalingPolicy[]): AutoScalingClient {
  const client = new Client(LOOPBACK_CREDENTIALS);
  answerCommands(client, ({ input }) => {
    const at = Number(input['NextToken'] ?? 0);
    return {
      ScalingPolicies: policies.slice(at, at + 1),
      ...(at + 1 < policies.length && { NextToken: String(at + 1) }),
    };
  });
  return client;
}

describe('the policies of groups', () => {
  it('tell the smallest target of CPU, and what is dynamic, over all pages', async () => {
    const policies = await describePolicies(
      accountWith([
        tracking('shop', 70),
        tracking('shop', 50),
        tracking('shop', 20, { PolicyName: 'off', Enabled: false }),
        { AutoScalingGroupName: 'batch', PolicyName: 'steps', PolicyType: 'StepScaling' },
        { AutoScalingGroupName: 'web', PolicyName: 'ahead', PolicyType: 'PredictiveScaling' },
      ]),
    );
    expect(policies.get('shop')).toEqual({ cpuTarget: 0.5, dynamic: ['keep 70', 'keep 50'] });
    expect(policies.get('batch')).toEqual({ cpuTarget: null, dynamic: ['steps'] });
    expect(policies.get('web')).toEqual(NO_POLICIES);
    expect(policies.get('other')).toBeUndefined();
  });

  it('take requests per target and network for no target of CPU', async () => {
    const configuration = {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
      TargetValue: 60,
    } as const;
    const policy = tracking('shop', 60, { TargetTrackingConfiguration: configuration });
    const policies = await describePolicies(accountWith([policy]));
    expect(policies.get('shop')).toEqual({ cpuTarget: null, dynamic: ['keep 60'] });
  });
});

describe('settingsOfGroup', () => {
  const cpuOf = (targetTag: string | undefined, cpuTarget: number | null, cpu = 1) => {
    const { allocation } = DEFAULT_SETTINGS;
    const targetUtilization = { ...allocation.targetUtilization, cpu };
    const settings = { ...DEFAULT_SETTINGS, allocation: { ...allocation, targetUtilization } };
    const own = settingsOfGroup(settings, { targetTag }, { cpuTarget, dynamic: [] });
    return own.allocation.targetUtilization.cpu;
  };

  it('counts from the policy, then the tag, then the configuration', () => {
    expect(cpuOf('40', 0.5, 0.6)).toBeCloseTo(0.6, 12);
    expect(cpuOf('40', null, 0.6)).toBeCloseTo(0.48, 12);
    expect(cpuOf(undefined, null, 0.6)).toBe(0.6);
    expect(cpuOf('much', null)).toBe(0.85);
    expect(cpuOf(undefined, 0.8)).toBe(0.85);
  });

  it('holds a group to target tracking at its own target', () => {
    const heldTo = (targetTag: string | undefined, cpuTarget: number | null) =>
      settingsOfGroup(DEFAULT_SETTINGS, { targetTag }, { cpuTarget, dynamic: [] }).allocation;
    expect(heldTo('40', 0.8)).toMatchObject({ service: 'alarms', policyTarget: 0.8 });
    expect(heldTo('40', null).policyTarget).toBeCloseTo(0.4, 12);
    expect(heldTo(undefined, null).policyTarget).toBeNull();
  });

  it('expects what tags say besides what is configured', () => {
    const tags = [['foreprint:expect', 'sale: 2026-11-27 least=4']] as const;
    const group = { targetTag: undefined, expected: parseExpectTags(tags, 'shop') };
    const { expect: expected } = settingsOfGroup(DEFAULT_SETTINGS, group, NO_POLICIES);
    expect(expected).toMatchObject([{ name: 'sale', applications: ['shop'], atLeast: 4 }]);
  });

  it('reads shares as people write them', () => {
    for (const text of ['60', '60%', '60 %', '0.6', '60.0']) {
      expect(parseTarget(text)).toBeCloseTo(0.6, 12);
    }
    for (const text of ['', 'sixty', '-5', '0', '101', undefined]) {
      expect(parseTarget(text)).toBeNull();
    }
  });
});

describe('effectiveMode', () => {
  const beside = { cpuTarget: 0.5, dynamic: ['keep 50'] };

  it('gives a group with a dynamic policy a floor only, unless its owner insists', () => {
    expect(effectiveMode({ mode: 'full' }, beside)).toBe('scale-out');
    expect(effectiveMode({ mode: 'full', isForced: true }, beside)).toBe('full');
    expect(effectiveMode({ mode: 'full' }, NO_POLICIES)).toBe('full');
    expect(effectiveMode({ mode: 'observe' }, beside)).toBe('observe');
  });
});
