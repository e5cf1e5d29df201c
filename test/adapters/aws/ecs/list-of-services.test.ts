import { expect, it } from 'vitest';
import { listServicePolicies } from '#adapters/aws/ecs/list-service-policies.ts';
import { describeScalableTargets } from '#adapters/aws/ecs/scalable-targets.ts';
import { listScheduledTargets } from '#adapters/aws/ecs/scheduled-targets.ts';
import type { JsonCall } from '#adapters/aws/json-call.ts';
import { emulateEcs } from '#test/emulators/emulate-ecs.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'].map((name) => `service/shop/${name}`);

/** The emulator with at most two entries a page. */
function paged() {
  const { call, services, sent } = emulateEcs();
  IDS.forEach((id, k) =>
    services.set(id, {
      ...{ limits: { min: k, max: 9 }, desired: 2, tags: new Map(), tasks: [] },
      policies: [{ PolicyName: `keep-${k}`, PolicyType: 'TargetTrackingScaling' }],
      scheduled: [{ Schedule: 'rate(1 day)', ScheduledActionName: `day-${k}` }],
    }),
  );
  const inPages: JsonCall = async (service, action, input) => {
    const { NextToken: token = '0', ...query } = input as { readonly NextToken?: string };
    const answer = (await call(service, action, query)) as Record<string, unknown[]>;
    const from = Number(token);
    const [[name, entries] = ['', []]] = Object.entries(answer);
    const isLast = from + 2 >= entries.length;
    const next = isLast ? null : String(from + 2);
    return { [name]: entries.slice(from, from + 2), NextToken: next };
  };
  return { call: inPages, sent };
}

it('reads every page of targets, policies and scheduled actions', async () => {
  const { call } = paged();
  const [targets, policies, actions] = await Promise.all([
    describeScalableTargets(call),
    listServicePolicies(call),
    listScheduledTargets(call),
  ]);
  expect([...targets.keys()]).toEqual(IDS);
  expect(targets.get('service/shop/d')).toEqual({ min: 3, max: 9 });
  expect([...policies].map(([id, own]) => [id, own.map((one) => one.PolicyName)])).toEqual(
    IDS.map((id, k) => [id, [`keep-${k}`]]),
  );
  expect([...actions].map(([id, own]) => [id, own.map((one) => one.ScheduledActionName)])).toEqual(
    IDS.map((id, k) => [id, [`day-${k}`]]),
  );
});

it('asks about the services that it was told, of the dimension of services alone', async () => {
  const { call, sent } = paged();
  const [first = ''] = IDS;
  expect([...(await describeScalableTargets(call, [first])).keys()]).toEqual([first]);
  expect([...(await listServicePolicies(call, first)).keys()]).toEqual([first]);
  expect([...(await listScheduledTargets(call, first)).keys()]).toEqual([first]);
  for (const { input } of sent) {
    expect(input['ScalableDimension']).toBe('ecs:service:DesiredCount');
    expect([input['ResourceId'], input['ResourceIds']].flat()).toContain(first);
  }
});
