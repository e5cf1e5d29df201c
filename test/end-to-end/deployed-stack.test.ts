import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HISTORY_STORES } from '#cdk/configuration/configuration-schema.ts';
import { serveSlack, type ServedSlack } from '#test/emulators/serve-slack.ts';
import { LAUNCH_EVENT } from '#test/functions/events/example-events.ts';
import { openAccount, type EmulatedAccount } from './deployment/emulated-account.ts';
import {
  createFleet,
  createGroups,
  DAY,
  describeGroups,
  GROUPS,
  INSTANCES,
  modesOfGroups,
  SERVICE,
  SERVICE_DAYS,
  STEP,
  TASKS,
} from './deployment/emulated-fleet.ts';
import { emulatedService, type EmulatedService } from './deployment/emulated-service.ts';
import { missingTools } from './deployment/missing-tools.ts';
import { openDeployment, type Deployment } from './deployment/open-deployment.ts';
import { openProfiles } from './deployment/open-profiles.ts';
import { runTraining } from './deployment/run-training.ts';
import { itemsNaming } from './deployment/stored-items.ts';
import { synthesiseAssets } from './deployment/synthesise-assets.ts';
import { takeMessages } from './deployment/take-messages.ts';
import { subscribeQueue, type Delivered } from './deployment/topic-queue.ts';
import { fitsServiceModel } from './fits-service-model.ts';
import { lambdaRuntime } from './lambda/lambda-runtime.ts';
import { runCommand } from './run-command.ts';

const SECRET = 'foreprint/slack';
/** Ticks are refused when they are five minutes old, and these tests take longer: an hour ahead. */
const now = Math.floor((Date.now() / 1000 + 3600) / STEP) * STEP;
const tickAt = (seconds: number) => ({
  'detail-type': 'Scheduled Event',
  time: new Date(seconds * 1000).toISOString(),
});

const HOUR_STEPS = 12;
/** With basic monitoring the newest periods are not complete yet. */
const LATE_STEPS = 2;
/** ECS publishes every minute. */
const LATE_SERVICE_STEPS = 1;
/** Runs in which a back-fill has to be complete. */
const MOST_INGESTS = 6;
const later = (steps: number) => tickAt(now + (HOUR_STEPS + LATE_STEPS + steps) * STEP);
type IngestCount = 'groups' | 'points' | 'failures';
/** Everything that is enrolled. */
const ALL = [...GROUPS, SERVICE];
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

const missing = missingTools.join(', no ');
const title = missing === '' ? '' : ` (skipped, there is no ${missing})`;

describe.skipIf(missing !== '')(`the deployed stack in Lambda’s runtime${title}`, () => {
  describe.each(HISTORY_STORES)('with its history in %s', (historyStore) => {
    const fleet = createFleet(now - 14 * DAY);
    const directory = mkdtempSync(path.join(tmpdir(), 'foreprint-stack-'));
    let account: EmulatedAccount;
    let slack: ServedSlack;
    let deployment: Deployment;
    let service: EmulatedService;
    let received: () => Promise<readonly Delivered[]>;

    const command = (...args: readonly string[]) => runCommand(account.variables, ...args);
    const group = async (name: string) => (await describeGroups(account.clients.scaling)).get(name);
    const minimumOf = async (name: string) => (await group(name))?.MinSize;
    const profiles = () => openProfiles(deployment, account);
    const storedOf = (name: string) =>
      itemsNaming(account.clients.dynamodb, deployment.namesOf('AWS::DynamoDB::Table'), name);

    const ingestNow = async () =>
      (await deployment.invoke(/Ingest/, tickAt(now))) as Record<IngestCount, number>;

    /** What the schedules do at this time; the number of incidents that opened. */
    async function passStep(at: number): Promise<number> {
      await deployment.invoke(/Ingest/, tickAt(at));
      await deployment.invoke(/Allocate/, tickAt(at));
      const run = await deployment.invoke(/Monitor/, tickAt(at));
      return (run as { readonly opened: number }).opened;
    }

    beforeAll(async () => {
      account = await openAccount(fleet.published);
      slack = await serveSlack();
      const assembly = await synthesiseAssets(
        { historyStore, slackWebhookSecretName: SECRET },
        directory,
      );
      if (!lambdaRuntime) throw new Error('skipped without it');
      deployment = await openDeployment(lambdaRuntime, assembly, account);
      await createGroups(account.clients.scaling);
      service = emulatedService(account.moto.endpoint);
      await service.create();
      const SecretString = slack.endpoint;
      await account.clients.secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString }));
      received = await subscribeQueue(account, deployment.nameOf('AWS::SNS::Topic', /Topic/));
    });

    afterAll(async () => {
      await deployment?.stop();
      slack?.close();
      account?.close();
      rmSync(directory, { recursive: true, force: true });
    });

    test('`foreprint enrol` puts three groups and a service under management', async () => {
      await command('enrol', 'shop', '--mode', 'scale-out');
      await command('enrol', 'blog', 'search', SERVICE);
      const modes = await modesOfGroups(account.clients.scaling);
      expect(modes).toEqual(['scale-out', 'observe', 'observe']);
      expect((await service.read()).tags).toEqual({ 'foreprint:mode': 'observe' });
    });

    test('ingest back-fills two weeks, and a second run changes nothing', async () => {
      const late = GROUPS.length * LATE_STEPS + LATE_SERVICE_STEPS;
      const points = ((GROUPS.length * 14 + SERVICE_DAYS) * DAY) / STEP - late;
      let run = await ingestNow();
      if (run.failures === 0) expect(run).toEqual({ groups: 4, points, failures: 0 });
      // Calls to the emulated store time out on a busy machine; the next run repeats what failed.
      for (let again = 1; run.failures > 0 && again < MOST_INGESTS; again++) {
        run = await ingestNow();
      }
      expect(run).toMatchObject({ groups: 4, failures: 0 });
      const overlap = 6 * ALL.length;
      const second = await ingestNow();
      expect(second).toMatchObject({ groups: 4, failures: 0 });
      expect(second.points).toBeLessThanOrEqual(overlap + ALL.length);
    });

    test('groups enrolled just now get models without waiting for the schedule', async () => {
      const queue = deployment.nameOf('AWS::SQS::Queue', /Requests/);
      const messages = await takeMessages(account.clients.sqs, queue);
      expect(messages).toHaveLength(ALL.length);
      // One message an invocation, as the event source is told to.
      for (const message of messages) {
        const Records = [{ ...message, eventSource: 'aws:sqs' }];
        expect(await deployment.invoke(/TrainingTrain/, { Records })).toEqual({
          batchItemFailures: [],
        });
      }
      for (const name of ALL) {
        const profile = await profiles().application(name);
        const measured = ['cpu', name === SERVICE ? 'memory' : 'network'];
        expect(Object.keys(profile?.predictiveModel ?? {}).sort()).toEqual(measured);
      }
    });

    test('a training run trains every group and every cluster, and adds up', async () => {
      const { refined, summary } = await runTraining(deployment, account.clients.s3, now);
      expect(refined).toMatchObject({ failed: 0 });
      expect(summary).toMatchObject({
        applications: { succeeded: 4, failed: 0, stopped: 0 },
        clusters: { succeeded: (refined as { clusters: number }).clusters, failed: 0 },
      });
    });

    test('the schedule’s allocation raises the minimum, only where the mode allows it', async () => {
      expect(await deployment.invoke(/Allocate/, tickAt(now))).toEqual({ groups: 4, failed: 0 });
      const [decision] = await profiles().allocationLog('shop', 1);
      expect(decision?.reason.source).toBe('forecast');
      expect(decision?.instances).toBeGreaterThan(1);
      expect(await minimumOf('shop')).toBe(decision?.instances);
      expect(await minimumOf('blog')).toBe(1);
    });

    test('a service is only watched in observe, and gets a floor beside its own policy', async () => {
      // It was decided for, in the test before.
      const [observed] = await profiles().allocationLog(SERVICE, 1);
      expect(observed?.reason.source).toMatch(/forecast$/);
      expect(await service.read()).toMatchObject({ minimum: 1, desired: TASKS });

      await command('enrol', SERVICE, '--mode', 'scale-out');
      expect(await deployment.invoke(/Allocate/, tickAt(now))).toEqual({ groups: 4, failed: 0 });
      const [decision] = await profiles().allocationLog(SERVICE, 1);
      const floor = decision?.instances ?? 0;
      expect(floor).toBeGreaterThan(1);
      // The count of tasks is left to Application Auto Scaling, of which moto only keeps the limits.
      expect(await service.read()).toEqual({
        minimum: floor,
        desired: TASKS,
        tags: { 'foreprint:mode': 'scale-out', 'foreprint:minimum': `1:1:${floor}` },
      });
    });

    test('an instance that waits in a launch hook goes on, once decided, however often it is told', async () => {
      const AutoScalingGroupName = 'shop';
      const DesiredCapacity = INSTANCES + 1;
      // moto launches the instance at once: it knows hooks, but neither lets instances wait in them
      // nor sends events.
      await account.clients.scaling.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }),
      );
      const EC2InstanceId = (await group('shop'))?.Instances?.at(-1)?.InstanceId;
      const detail = { ...LAUNCH_EVENT.detail, EC2InstanceId };
      const launch = { ...LAUNCH_EVENT, time: new Date((now + 60) * 1000).toISOString(), detail };
      const logged = (await profiles().allocationLog('shop', 10)).length;
      expect(await deployment.invoke(/Allocate/, launch)).toEqual({ outcome: 'decided' });
      expect(await deployment.invoke(/Allocate/, launch)).toEqual({ outcome: 'repeated' });
      expect(await profiles().allocationLog('shop', 10)).toHaveLength(logged + 1);

      // moto does not know CompleteLifecycleAction either, so the requests are checked against the
      // service's model.
      const { completed } = account.moto;
      expect(completed).toHaveLength(2);
      for (const form of completed) {
        expect(fitsServiceModel('autoscaling', form)).toBe(true);
        expect(Object.fromEntries(form)).toMatchObject({
          AutoScalingGroupName,
          InstanceId: EC2InstanceId,
          LifecycleHookName: 'foreprint-launching',
          LifecycleActionToken: detail.LifecycleActionToken,
          LifecycleActionResult: 'CONTINUE',
        });
      }
    });

    test('an anomaly reaches the topic in words and Slack with a graph', async () => {
      // What a decision expects is of an hour later; what comes before, the graph has from the
      // model.
      const surgeAt = now + HOUR_STEPS * STEP;
      fleet.surge('shop', surgeAt);
      const opened = new Map<number, number>();
      for (let at = now + STEP; at <= surgeAt + (4 + LATE_STEPS) * STEP; at += STEP) {
        opened.set(at, await passStep(at));
      }
      const before = [...opened].filter(([at]) => at <= surgeAt);
      expect(before.every(([, incidents]) => incidents === 0)).toBe(true);
      expect(sum(opened.values())).toBeGreaterThan(0);

      const delivered = await received();
      // One incident per application: whichever resource left its forecast first leads, the other
      // is named beside it.
      const headline = /shop: (CPU|network traffic) far above forecast/;
      const alerts = delivered.filter(({ Subject }) => headline.test(Subject));
      expect(alerts).toHaveLength(1);
      const [alert] = alerts;
      expect(alert?.Message).toMatch(
        /\nSince .* UTC\.\nPeak .*\n.* led; also (CPU|network traffic)\./,
      );
      expect(alert?.MessageAttributes['kind']?.Value).toBe('incident-opened');

      // The topic's subscription invokes the function with this event.
      const Records = [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: alert }];
      expect(await deployment.invoke(/Notify/, { Records })).toEqual({ posted: 1 });
      expect(slack.posted).toHaveLength(1);
      expect(slack.posted[0]).toMatch(headline);
      expect(slack.posted[0]).toMatch(/actual {3}[▁-█·]*[▁-█][▁-█·]*\nforecast [▁-█]{36}\n/);
    });

    test('the kill switch gives every group its own minimum back', async () => {
      expect(await minimumOf('shop')).toBeGreaterThan(1);
      const Name = deployment.nameOf('AWS::SSM::Parameter', /KillSwitch/);
      const change = { Name, Type: 'String', Overwrite: true } as const;
      await account.clients.ssm.send(new PutParameterCommand({ ...change, Value: 'stop' }));
      // A running instance looks at it again after 30 seconds, a new one at once.
      await deployment.stop();
      expect(await deployment.invoke(/Allocate/, later(5))).toMatchObject({
        stopped: true,
        restored: { groups: 2, failed: 0 },
      });
      expect(await minimumOf('shop')).toBe(1);
      expect((await service.read()).minimum).toBe(1);
      await account.clients.ssm.send(new PutParameterCommand({ ...change, Value: 'run' }));
    });

    test('`foreprint retire --forget` leaves no trace', async () => {
      await deployment.stop();
      await deployment.invoke(/Allocate/, later(6));
      expect(await minimumOf('shop')).toBeGreaterThan(1);
      expect((await service.read()).minimum).toBeGreaterThan(1);
      for (const name of ALL) expect(await storedOf(name)).not.toEqual([]);
      await command('retire', ...ALL, '--forget');
      // The next training run takes them out of the clusters.
      await runTraining(deployment, account.clients.s3, now);
      const groups = await describeGroups(account.clients.scaling);
      for (const name of GROUPS) {
        expect(groups.get(name)).toMatchObject({ MinSize: 1 });
        expect(groups.get(name)?.Tags ?? []).toEqual([]);
        expect(await storedOf(name)).toEqual([]);
      }
      expect(await service.read()).toEqual({ minimum: 1, desired: TASKS, tags: {} });
      expect(await storedOf(SERVICE)).toEqual([]);
      expect(await deployment.invoke(/Allocate/, later(7))).toMatchObject({ groups: 0 });
    });
  });
});
