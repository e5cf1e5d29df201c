import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import { putHook } from '#adapters/aws/auto-scaling/lifecycle-hooks.ts';
import { setFloor } from '#adapters/aws/auto-scaling/set-floor.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { createMemoryWatermarkStore } from '#adapters/memory/memory-watermark-store.ts';
import { MODE_TAG } from '#cdk/configuration/group-tags.ts';
import { LIFECYCLE_HOOKS } from '#cdk/configuration/lifecycle-hooks.ts';
import type { StackEvent } from '#functions/events/stack-event.ts';
import { answerStack } from '#functions/giving-back/answer-stack.ts';
import { giveBackGroup } from '#functions/giving-back/give-back-group.ts';
import { giveBackStrays } from '#functions/giving-back/give-back-strays.ts';
import { autoScalingError, emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';
import { emulateEcs } from '#test/emulators/emulate-ecs.ts';
import { emulateHooks } from '#test/emulators/emulate-hooks.ts';

const NOW = 1_764_000_000;

/** An enrolled group with both hooks, a raised minimum and an instance that waits. */
async function raisedShop() {
  const emulated = emulateAutoScaling();
  const { hooks } = emulateHooks(emulated);
  const shop = {
    ...{ minSize: 2, maxSize: 10, desired: 3 },
    tags: new Map([[MODE_TAG, 'scale-out']]),
    instances: [{ type: 'm7i.large', state: 'Pending:Wait', id: 'i-1' }],
  };
  emulated.groups.set('shop', shop);
  for (const hook of LIFECYCLE_HOOKS) await putHook(emulated.client, 'shop', hook);
  const floors = createMemoryFloorStore();
  const { call } = emulateEcs();
  const source = { client: emulated.client, call, floors, nowSeconds: () => NOW };
  await setFloor(source, { applicationId: 'shop', instances: 6 });
  emulated.sent.length = 0;
  const reports: string[] = [];
  const report = (what: string, error: unknown): void =>
    void reports.push(`${what}: ${String(error)}`);
  const isOurs = ({ Tags = [] }: AutoScalingGroup) => Tags.some(({ Key }) => Key === MODE_TAG);
  const watermarks = createMemoryWatermarkStore();
  await watermarks.save(
    new Map([['shop', { fromSeconds: NOW - 3600, throughSeconds: NOW, stage: 'measured' }]]),
  );
  const look = () => giveBackStrays(source, { listed: new Set(), isOurs, watermarks }, { report });
  return { ...emulated, hooks, shop, floors, watermarks, source, reports, report, look };
}

describe('a group that lost its tag', () => {
  test('gets its minimum back, and no instance of it waits any more', async () => {
    const { shop, hooks, sent, look } = await raisedShop();
    expect(await look()).toEqual({ groups: 0, failed: 0 });
    expect(shop.minSize).toBe(6);
    // Terraform takes away every tag that it does not know.
    shop.tags.clear();
    expect(await look()).toEqual({ groups: 1, failed: 0 });
    expect(shop.minSize).toBe(2);
    expect(hooks.size).toBe(0);
    const released = sent.filter(({ name }) => name === 'CompleteLifecycleActionCommand');
    expect(released.map(({ input }) => input['InstanceId'])).toContain('i-1');
    expect(await look()).toEqual({ groups: 0, failed: 0 });
  });

  test('is tried again where it fails, and its minimum comes back even if a hook stays', async () => {
    const { shop, faults, reports, look } = await raisedShop();
    shop.tags.clear();
    faults.set('DeleteLifecycleHookCommand', autoScalingError('AccessDenied', 'no'));
    expect(await look()).toEqual({ groups: 1, failed: 1 });
    expect(shop.minSize).toBe(2);
    expect(reports.join()).toContain('AccessDenied');
  });

  test('while its minimum was not raised keeps no hook of ours, and those of its owner', async () => {
    const { client, shop, hooks, source, watermarks, look } = await raisedShop();
    await giveBackGroup(source, 'shop', { keepsHooks: true });
    const [own] = LIFECYCLE_HOOKS;
    await putHook(client, 'shop', { ...own, name: 'drain' });
    expect(await look()).toEqual({ groups: 0, failed: 0 });
    expect(hooks.size).toBe(3);
    shop.tags.clear();
    expect(await look()).toEqual({ groups: 1, failed: 0 });
    expect([...hooks.keys()]).toEqual(['shop drain']);
    expect(shop.minSize).toBe(2);
    // Nobody asks for it again.
    expect((await watermarks.read()).size).toBe(0);
    expect(await look()).toEqual({ groups: 0, failed: 0 });
  });

  test('gets its minimum back even if nobody can say what was measured', async () => {
    const { shop, source, report, reports } = await raisedShop();
    shop.tags.clear();
    const read = () => Promise.reject(new Error('throttled'));
    const watermarks = { read, remove: async () => undefined };
    await giveBackStrays(
      source,
      { listed: new Set(), isOurs: () => false, watermarks },
      { report },
    );
    expect(shop.minSize).toBe(2);
    expect(reports.join()).toContain('throttled');
  });

  test('and was deleted is forgotten', async () => {
    const { groups, floors, watermarks, look } = await raisedShop();
    groups.delete('shop');
    expect(await look()).toEqual({ groups: 1, failed: 0 });
    expect((await floors.read('shop'))?.isRaised).toBe(false);
    expect((await watermarks.read()).size).toBe(0);
    expect(await look()).toEqual({ groups: 0, failed: 0 });
  });
});

test('a group that a list has is not looked at again', async () => {
  const { source, sent, report, watermarks } = await raisedShop();
  const ours = { listed: new Set(['shop']), isOurs: () => false, watermarks };
  await giveBackStrays(source, ours, { report });
  expect(sent.filter(({ name }) => !name.startsWith('DescribeScheduled'))).toEqual([]);
});

describe('the end of a stack', () => {
  const event = (RequestType: StackEvent['RequestType']): StackEvent => ({
    RequestType,
    ResponseURL: 'https://cloudformation.example/answer?signed',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Groups',
  });

  async function answered(type: StackEvent['RequestType'], giveAllBack: () => Promise<string[]>) {
    const answers: unknown[] = [];
    const respond = async (url: string, body: string): Promise<void> => {
      answers.push([url, JSON.parse(body)]);
    };
    await answerStack({ giveAllBack, respond }, event(type));
    expect(answers).toHaveLength(1);
    const [[url, answer]] = answers as [[string, Record<string, string>]];
    expect(url).toBe('https://cloudformation.example/answer?signed');
    expect(answer).toMatchObject({
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Groups',
      PhysicalResourceId: 'foreprint-give-back',
    });
    return answer;
  }

  test('gives floors and hooks back before anything is deleted', async () => {
    const { shop, hooks, source } = await raisedShop();
    const giveAllBack = async () => {
      await giveBackGroup(source, 'shop');
      return [];
    };
    expect(await answered('Delete', giveAllBack)).toMatchObject({ Status: 'SUCCESS' });
    expect([shop.minSize, hooks.size]).toEqual([2, 0]);
  });

  test.each(['Create', 'Update'] as const)('is not what %s means', async (type) => {
    const { shop, source } = await raisedShop();
    const giveAllBack = async () => {
      await giveBackGroup(source, 'shop');
      return [];
    };
    expect(await answered(type, giveAllBack)).toMatchObject({ Status: 'SUCCESS' });
    expect(shop.minSize).toBe(6);
  });

  test('stops, with the names of the groups, where one could not be given back', async () => {
    const answer = await answered('Delete', async () => ['shop: AccessDenied']);
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('shop: AccessDenied') as string,
    });
  });

  test('is answered even if everything fails, because the stack waits for it', async () => {
    const answer = await answered('Delete', () => Promise.reject(new Error('throttled')));
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: 'Error: throttled' });
  });
});
