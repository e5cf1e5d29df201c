import { DeleteAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasMoto, openMoto } from '#test/end-to-end/open-moto.ts';
import { motoAccount, REGION, variablesOf } from './moto-account.ts';
import { runInProcess } from './run-in-process.ts';

const HOOKS = [
  ['foreprint-launching', 'autoscaling:EC2_INSTANCE_LAUNCHING', 300, 'CONTINUE'],
  ['foreprint-terminating', 'autoscaling:EC2_INSTANCE_TERMINATING', 300, 'CONTINUE'],
];

describe.skipIf(!hasMoto)('enrol and retire against moto (skipped without MOTO_SERVER)', () => {
  const moto = openMoto();
  const run = (...args: readonly string[]) => runInProcess(variablesOf(moto().endpoint), ...args);
  const account = () => motoAccount(moto().endpoint);

  beforeAll(async () => {
    await account().createLaunchConfiguration();
    await account().createGroup('shop');
    await account().createGroup('blog');
  });

  test('reports a missing deployment before changing anything', async () => {
    expect(await run('enrol', 'shop')).toMatchObject({
      status: 2,
      lines: [],
      message: `Foreprint is not deployed in ${REGION}; "npx cdk deploy" does it`,
    });
    expect(await account().group('shop')).toEqual({ minimum: 1, tags: {}, hooks: [] });
  });

  test('enrols groups, and changes nothing when repeated', async () => {
    await account().deploy('Foreprint');
    const enrol = ['enrol', 'shop', '--mode', 'scale-out', '--type', 'web'];
    const lines = [
      'shop: would set tag foreprint:mode=scale-out',
      'shop: would set tag foreprint:type=web',
      'shop: would put lifecycle hook foreprint-launching',
      'shop: would put lifecycle hook foreprint-terminating',
    ];
    expect(await run(...enrol, '--dry-run')).toMatchObject({ status: 0, lines });
    expect(await account().group('shop')).toEqual({ minimum: 1, tags: {}, hooks: [] });

    expect((await run(...enrol)).lines).toEqual(lines.map((line) => line.replace('would ', '')));
    const tags = { 'foreprint:mode': 'scale-out', 'foreprint:type': 'web' };
    expect(await account().group('shop')).toEqual({ minimum: 1, tags, hooks: HOOKS });

    const again = ['shop: is enrolled already, nothing to change'];
    expect(await run(...enrol)).toMatchObject({ status: 0, lines: again });
    expect((await run('enrol', 'shop')).lines).toEqual(again);
  });

  test('changes no group if one name is wrong', async () => {
    const { status, message } = await run('enrol', 'blog', 'shpo');
    expect(status).toBe(2);
    expect(message).toBe('no Auto Scaling group "shpo" in this region; nothing was changed');
    expect((await account().group('blog')).tags).toEqual({});
  });

  test('rejects groups that the deployment does not manage', async () => {
    await account().deploy('Small', { groups: ['shop'] });
    expect((await run('enrol', 'blog')).message).toMatch(/choose with --stack Foreprint\|Small/);
    expect((await run('enrol', 'blog', '--stack', 'Small')).message).toMatch(
      /stack Small manages only its configured groups, not "blog"/,
    );
    expect((await run('enrol', 'blog', '--stack', 'Big')).message).toMatch(
      /a stack "Big" of Foreprint is not deployed in eu-west-1; deployed there: Foreprint, Small/,
    );
  });

  test('retires groups: removes tags and hooks, and restores the owner’s minimum', async () => {
    await account().raise('shop', 4);
    expect((await account().group('shop')).minimum).toBe(4);
    expect((await run('retire', 'shop')).lines).toEqual([
      'shop: delete lifecycle hook foreprint-launching',
      'shop: delete lifecycle hook foreprint-terminating',
      'shop: remove tag foreprint:mode=scale-out',
      'shop: restore the minimum: 4 → 1',
      'shop: remove tag foreprint:type=web',
    ]);
    expect(await account().group('shop')).toEqual({ minimum: 1, tags: {}, hooks: [] });
    expect(await run('retire', 'shop')).toMatchObject({
      status: 0,
      lines: ['shop: is not enrolled, nothing to change'],
    });
  });

  test('retires a deleted group', async () => {
    await account().scaling.send(
      new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'blog', ForceDelete: true }),
    );
    const { status, lines } = await run('retire', 'blog');
    expect(status).toBe(0);
    expect(lines).toContain('blog: there is no such Auto Scaling group in this region');
  });
});
