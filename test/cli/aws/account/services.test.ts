import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDynamodbFloorStore } from '#adapters/aws/dynamodb/floor/dynamodb-floor-store.ts';
import { describeServices } from '#adapters/aws/ecs/describe-services.ts';
import { createEcsServiceTarget } from '#adapters/aws/ecs/ecs-service-target.ts';
import { ECS_DIMENSION } from '#adapters/aws/ecs/list-of-services.ts';
import { removeServiceTag, setServiceTag } from '#adapters/aws/ecs/service-tags.ts';
import { taskCapacity } from '#adapters/aws/ecs/task-capacity.ts';
import { createJsonCall } from '#adapters/aws/json-call.ts';
import { hasMoto, openMoto } from '#test/end-to-end/open-moto.ts';
import { motoAccount, RECORD, REGION, variablesOf } from './moto-account.ts';
import { runInProcess } from './run-in-process.ts';

const WEB = 'service/shop/web';
const JOBS = 'service/shop/jobs';

describe.skipIf(!hasMoto)('services of ECS against moto (skipped without MOTO_SERVER)', () => {
  const moto = openMoto();
  const run = (...args: readonly string[]) => runInProcess(variablesOf(moto().endpoint), ...args);
  const account = () => motoAccount(moto().endpoint);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const call = createJsonCall(() => ({ region: REGION, credentials, endpoint: moto().endpoint }));
  const target = () =>
    createEcsServiceTarget({
      call,
      floors: createDynamodbFloorStore({
        client: new DynamoDBClient(account().configuration),
        table: RECORD.table,
      }),
      nowSeconds: () => Math.floor(Date.now() / 1000),
      capacityOf: (_, [type = '']) => taskCapacity(call, type),
    });
  const service = async (id: string) => {
    const found = (await describeServices(call, [id])).get(id)!;
    return { limits: found.limits, desired: found.desired, tags: Object.fromEntries(found.tags) };
  };

  beforeAll(async () => {
    await call('ecs', 'CreateCluster', { clusterName: 'shop' });
    await call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      cpu: '512',
      memory: '1024',
      containerDefinitions: [{ name: 'web', image: 'web', cpu: 512, memory: 1024 }],
    });
    for (const serviceName of ['web', 'jobs', 'fixed']) {
      const tasks = { taskDefinition: 'web', desiredCount: 3, launchType: 'FARGATE' };
      await call('ecs', 'CreateService', { cluster: 'shop', serviceName, ...tasks });
    }
    for (const ResourceId of [WEB, JOBS]) {
      const limits = { ResourceId, MinCapacity: 2, MaxCapacity: 9 };
      await call('application-autoscaling', 'RegisterScalableTarget', {
        ...ECS_DIMENSION,
        ...limits,
      });
    }
    await call('application-autoscaling', 'PutScalingPolicy', {
      ...ECS_DIMENSION,
      ...{ ResourceId: JOBS, PolicyName: 'keep-cpu', PolicyType: 'TargetTrackingScaling' },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    });
    await account().deploy('Foreprint');
  });

  test('are enrolled by a tag, and nothing changes when it is repeated', async () => {
    const enrol = ['enrol', WEB, '--mode', 'scale-out'];
    expect((await run(...enrol, '--dry-run')).lines).toEqual([
      `${WEB}: would set tag foreprint:mode=scale-out`,
    ]);
    expect((await service(WEB)).tags).toEqual({});
    expect(await run(...enrol)).toMatchObject({ status: 0 });
    expect((await service(WEB)).tags).toEqual({ 'foreprint:mode': 'scale-out' });
    expect((await run(...enrol)).lines).toEqual([`${WEB}: is enrolled already, nothing to change`]);
  });

  test('are refused without a scalable target, or in full beside a policy', async () => {
    const { status, message } = await run('enrol', 'service/shop/fixed', 'service/shop/none');
    expect(status).toBe(2);
    expect(message).toContain('no ECS service "service/shop/none" in this region');
    expect(message).toContain('"service/shop/fixed" has no scalable target; aws application-auto');
    expect((await run('enrol', JOBS, '--mode', 'full')).message).toMatch(
      /"service\/shop\/jobs" has the dynamic scaling policy "keep-cpu".*nothing was changed$/,
    );
    expect((await service(JOBS)).tags).toEqual({});
  });

  test('are checked by doctor', async () => {
    const { lines } = await run('doctor', WEB, 'service/shop/fixed');
    const text = lines.join('\n');
    expect(text).toMatch(/service\/shop\/web.*mode scale-out/);
    expect(text).toMatch(/service\/shop\/fixed.*has no scalable target/);
    expect(text).toMatch(/service\/shop\/web.*CPU/);
    const arn = (await describeServices(call, [WEB])).get(WEB)!.arn;
    await setServiceTag(call, arn, { key: 'foreprint:expect-1', value: 'sale: soon x2' });
    const faulty = (await run('doctor', WEB)).lines.join(' ').replaceAll(/\s+/g, ' ');
    expect(faulty).toContain('tag foreprint:expect-1 of service/shop/web, "sale: soon x2"');
    await removeServiceTag(call, arn, 'foreprint:expect-1');
  });

  test('get a floor and a desired count by the same port as groups', async () => {
    await target().setFloor(WEB, 5);
    expect(await service(WEB)).toMatchObject({
      limits: { min: 5, max: 9 },
      tags: { 'foreprint:minimum': '2:2:5' },
    });
    expect((await target().describe(WEB)).limits).toEqual({ minInstances: 2, maxInstances: 9 });
    await target().setDesired(WEB, 20);
    expect((await service(WEB)).desired).toBe(9);
  });

  test('are retired with their own minimum', async () => {
    expect((await run('retire', WEB)).lines).toEqual([
      `${WEB}: remove tag foreprint:mode=scale-out`,
      `${WEB}: restore the minimum: 5 → 2`,
    ]);
    expect(await service(WEB)).toEqual({ limits: { min: 2, max: 9 }, desired: 9, tags: {} });
    expect((await run('retire', WEB)).lines).toEqual([
      `${WEB}: is not enrolled, nothing to change`,
    ]);
  });
});
