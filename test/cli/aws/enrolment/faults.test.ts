import { describe, expect, it } from 'vitest';
import { createDynamodbHistoryStore } from '#adapters/aws/dynamodb/dynamodb-history-store.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { awsFailureText } from '#cli/aws/account/aws-failure.ts';
import { applyPlans } from '#cli/aws/enrolment/apply-plans.ts';
import { planEnrolment } from '#cli/aws/enrolment/plan-enrolment.ts';
import { planRetirement } from '#cli/aws/enrolment/plan-retirement.ts';
import { exampleFloor } from '#test/adapters/contracts/floor-store-contract.ts';
import {
  autoScalingError,
  emulateAutoScaling,
  type EmulatedGroup,
} from '#test/emulators/emulate-auto-scaling.ts';
import { emulateHooks } from '#test/emulators/emulate-hooks.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const NOW = 1_764_000_000;
/** A group whose owner’s minimum of 2 was raised to 5. */
const RAISED = { ...exampleFloor, readAtSeconds: NOW, due: null };
const deployment = { stack: 'Foreprint', mode: 'scale-out' as const, groups: [] };
const request = (...names: readonly string[]) => ({ names, mode: undefined, type: undefined });

function open(...names: readonly string[]) {
  const emulated = emulateAutoScaling();
  for (const name of names) {
    const group: EmulatedGroup = {
      minSize: 2,
      maxSize: 10,
      desired: 3,
      tags: new Map(),
      instances: [],
    };
    emulated.groups.set(name, group);
  }
  const { hooks } = emulateHooks(emulated);
  const floors = createMemoryFloorStore();
  const retirement = { floors: [floors], forget: null, nowSeconds: () => NOW };
  const enrol = async (...some: readonly string[]) =>
    applyPlans(await planEnrolment(emulated.client, request(...some), deployment), awsFailureText);
  const retire = async (...some: readonly string[]) =>
    applyPlans(await planRetirement(emulated.client, some, retirement), awsFailureText);
  return { ...emulated, floors, retirement, hooks, enrol, retire };
}

describe('enrolment', () => {
  it('tags a group before it adds hooks, because the function may only act on tagged groups', async () => {
    const { sent, enrol } = open('shop');
    await enrol('shop');
    const changed = sent.map(({ name }) => name).filter((name) => !name.startsWith('Describe'));
    expect(changed).toEqual([
      'CreateOrUpdateTagsCommand',
      'PutLifecycleHookCommand',
      'PutLifecycleHookCommand',
    ]);
  });

  it('keeps a group’s mode if none is requested, and repairs a changed hook', async () => {
    const { client, groups, hooks, enrol } = open('shop');
    groups.get('shop')?.tags.set('foreprint:mode', 'full');
    await enrol('shop');
    expect(groups.get('shop')?.tags.get('foreprint:mode')).toBe('full');
    const launching = hooks.get('shop foreprint-launching')!;
    hooks.set('shop foreprint-launching', { ...launching, ...{ HeartbeatTimeout: 3600 } });
    const [plan] = await planEnrolment(client, request('shop'), deployment);
    expect(plan?.changes.map(({ text }) => text)).toEqual([
      'put lifecycle hook foreprint-launching',
    ]);
  });

  it('continues with the other groups if one is deleted meanwhile, and names it', async () => {
    const { client, groups, hooks } = open('shop', 'blog');
    const plans = await planEnrolment(client, request('shop', 'blog'), deployment);
    groups.delete('shop');
    const outcomes = await applyPlans(plans, awsFailureText);
    expect(outcomes.map(({ failure }) => failure)).toEqual([
      'Auto Scaling group shop: does not exist',
      null,
    ]);
    expect([...hooks.keys()]).toEqual(['blog foreprint-launching', 'blog foreprint-terminating']);
  });

  it('reports throttling, keeps completed changes and completes when repeated', async () => {
    const { groups, faults, hooks, enrol } = open('shop');
    faults.set('PutLifecycleHookCommand', autoScalingError('Throttling', 'Rate exceeded'));
    const [outcome] = await enrol('shop');
    expect(outcome?.failure).toMatch(/AWS throttled the calls.*Rate exceeded/);
    expect(outcome?.changes).toEqual(['set tag foreprint:mode=scale-out']);
    expect(groups.get('shop')?.tags.get('foreprint:mode')).toBe('scale-out');
    expect((await enrol('shop'))[0]?.failure).toBeNull();
    expect(hooks.size).toBe(2);
  });

  it('refuses a group that another system sizes, and changes nothing', async () => {
    const { groups, sent, enrol } = open('shop', 'nodes');
    groups.get('nodes')!.tags.set('eks:nodegroup-name', 'workers');
    await expect(enrol('shop', 'nodes')).rejects.toThrow(
      'nodes belongs to an EKS node group, which sets its size itself',
    );
    expect(sent.map(({ name }) => name)).toEqual(['DescribeAutoScalingGroupsCommand']);
  });

  it('treats a group that is being deleted as missing', async () => {
    const { groups, enrol } = open('shop');
    groups.get('shop')!.deleting = true;
    await expect(enrol('shop')).rejects.toThrow('no Auto Scaling group "shop" in this region');
  });
});

describe('retirement', () => {
  it('releases instances that wait in a hook before deleting it', async () => {
    const { groups, sent, enrol, retire } = open('shop');
    await enrol('shop');
    const waiting = [{ type: 'm7i.large', state: 'Pending:Wait', id: 'i-1' }];
    groups.get('shop')!.instances.push(...waiting);
    sent.length = 0;
    await retire('shop');
    const order = sent.map(({ name }) => name).filter((name) => /Complete|DeleteL/.test(name));
    expect(order).toEqual([
      'CompleteLifecycleActionCommand',
      'DeleteLifecycleHookCommand',
      'CompleteLifecycleActionCommand',
      'DeleteLifecycleHookCommand',
    ]);
  });

  it('changes nothing if the group is deleted meanwhile', async () => {
    const { client, groups, enrol, retirement } = open('shop');
    await enrol('shop');
    const plans = await planRetirement(client, ['shop'], retirement);
    groups.delete('shop');
    const [outcome] = await applyPlans(plans, awsFailureText);
    expect(outcome?.failure).toBeNull();
  });

  it.each(['DeleteLifecycleHookCommand', 'DeleteTagsCommand', 'UpdateAutoScalingGroupCommand'])(
    'finishes when repeated after %s failed, with the owner’s minimum back',
    async (command) => {
      const { groups, faults, floors, hooks, enrol, retire } = open('shop');
      await enrol('shop');
      const shop = groups.get('shop')!;
      shop.minSize = 5;
      shop.tags.set('foreprint:minimum', '2:2:5');
      await floors.write('shop', RAISED);
      faults.set(command, autoScalingError('InternalFailure', 'try again'));
      expect((await retire('shop'))[0]?.failure).toMatch(/InternalFailure: try again/);
      expect((await retire('shop'))[0]?.failure).toBeNull();
      expect([shop.minSize, shop.tags.size, hooks.size]).toEqual([2, 0, 0]);
    },
  );

  it('does not believe the tag, says what it says, and leaves the minimum alone', async () => {
    const { groups, retire } = open('shop');
    groups.get('shop')!.tags.set('foreprint:minimum', '9:2:2');
    const [outcome] = await retire('shop');
    expect(outcome?.remarks.join()).toContain('foreprint:minimum=9:2:2');
    expect([groups.get('shop')!.minSize, groups.get('shop')!.tags.size]).toEqual([2, 0]);
  });

  it('lets instances of a warm pool go on that wait in a hook', async () => {
    const { groups, sent, enrol, retire } = open('shop');
    await enrol('shop');
    const warm = [{ type: 'm7i.large', state: 'Warmed:Pending:Wait', id: 'i-warm' }];
    groups.set('shop', { ...groups.get('shop')!, warm });
    await retire('shop');
    const completed = sent.filter(({ name }) => name === 'CompleteLifecycleActionCommand');
    expect(completed.map(({ input }) => input['InstanceId'])).toContain('i-warm');
  });

  it('removes all tags of Foreprint and no others', async () => {
    const { groups, enrol, retire } = open('shop');
    const tags = groups.get('shop')!.tags;
    for (const key of ['foreprint:metrics', 'foreprint:monitoring', 'team']) tags.set(key, '60');
    await enrol('shop');
    await retire('shop');
    expect([...tags.keys()]).toEqual(['team']);
  });

  it('keeps a minimum that the owner set after the floor', async () => {
    const { groups, floors, retire } = open('shop');
    const shop = groups.get('shop')!;
    shop.minSize = 7;
    shop.tags.set('foreprint:minimum', '2:2:5');
    await floors.write('shop', RAISED);
    await retire('shop');
    expect([shop.minSize, shop.tags.size]).toEqual([7, 0]);
  });
});

describe('deleting stored data', () => {
  const tableOf = openDynamodb();

  it('deletes the data of a group, also of a deleted one, and no other data', async () => {
    const { client, retirement } = open();
    const table = await tableOf();
    const history = createDynamodbHistoryStore({ ...table, retentionDays: 90 });
    const footprint = { cpu: 1, memory: null, disk: null, network: null };
    const points = [{ timestampSeconds: 1_780_000_200, footprint }];
    for (const applicationId of ['shop', 'blog']) {
      await history.append([{ applicationId, applicationType: null, points }]);
    }
    const forget = { tables: [table], retentionNotice: null };
    await applyPlans(
      await planRetirement(client, ['shop'], { ...retirement, forget }),
      awsFailureText,
    );
    const left = await history.applications();
    expect(left.map(({ applicationId }) => applicationId)).toEqual(['blog']);
  });
});
