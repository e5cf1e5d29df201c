import { createServer } from 'node:http';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { afterEach, describe, expect, it, test } from 'vitest';
import { readLaunches } from '#adapters/aws/auto-scaling/read-launches.ts';
import { freeStandardCpus, isStandardType } from '#adapters/aws/free-cpus.ts';
import { answerCommands, type SentCommand } from '#test/emulators/answer-commands.ts';
import { listen } from '#test/emulators/listen.ts';
import { LOOPBACK_CREDENTIALS } from '#test/emulators/loopback-credentials.ts';
import { readBody } from '#test/emulators/read-body.ts';

const at = (seconds: number) => new Date(seconds * 1000);
const launched = (from: number, to: number) => ({
  Description: 'Launching a new EC2 instance: i-0123456789abcdef0',
  StatusCode: 'Successful',
  StartTime: at(from),
  EndTime: at(to),
});
const refused = (from: number, StatusMessage: string, Cause?: string) => ({
  Description: 'Launching a new EC2 instance.  Status Reason: it failed.',
  StatusCode: 'Failed',
  StartTime: at(from),
  EndTime: at(from + 1),
  StatusMessage,
  ...(Cause && { Cause }),
});

const NO_CAPACITY =
  'We currently do not have sufficient m5.large capacity in the Availability Zone you requested (eu-central-1a). ' +
  'Our system will be working on provisioning additional capacity. Launching EC2 instance failed.';
const NO_QUOTA =
  'You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the ' +
  'specified instance type belongs to. Launching EC2 instance failed.';
const NO_SPOT =
  'There is no Spot capacity available that matches your request. Launching EC2 instance failed.';
const CAUSE =
  'At 2026-11-24T10:00:00Z an instance was started in response to a difference between desired and actual capacity, ' +
  'increasing the capacity from 3 to 6.';

function autoScaling(activities: readonly object[]) {
  const client = new AutoScalingClient(LOOPBACK_CREDENTIALS);
  const sent: SentCommand[] = [];
  answerCommands(client, (command) => {
    sent.push(command);
    return { Activities: activities };
  });
  return { client, sent };
}

describe('readLaunches', () => {
  it('reads launch durations, and refusals since the last success, with one call', async () => {
    const { client, sent } = autoScaling([
      refused(5000, NO_QUOTA),
      refused(4000, NO_CAPACITY, CAUSE),
      launched(3000, 3180),
      refused(2000, NO_CAPACITY, CAUSE),
      { ...launched(1500, 1501), Description: 'Terminating EC2 instance: i-0' },
      launched(1000, 1240),
    ]);
    expect(await readLaunches(client, 'shop', 4)).toEqual({
      startsSeconds: [180, 240],
      refusals: [
        { atSeconds: 5000, instances: 4 },
        { atSeconds: 4000, instances: 3 },
      ],
    });
    expect(sent.map(({ name }) => name)).toEqual(['DescribeScalingActivitiesCommand']);
  });

  test.each([
    [NO_CAPACITY, 1],
    [NO_QUOTA, 1],
    [NO_SPOT, 1],
    [
      'Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded.',
      1,
    ],
    ['The image id [ami-0] does not exist. Launching EC2 instance failed.', 0],
    ['Instance failed to complete user’s Lifecycle Action: ABANDON was the default result', 0],
  ])('takes "%s" for %d refusals', async (message, count) => {
    const { client } = autoScaling([refused(5000, message)]);
    expect((await readLaunches(client, 'shop', 2)).refusals).toHaveLength(count);
  });

  it('returns nothing for a group without launches', async () => {
    const { client } = autoScaling([]);
    expect(await readLaunches(client, 'shop', 0)).toEqual({ startsSeconds: [], refusals: [] });
  });
});

describe('freeStandardCpus', () => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0).forEach((close) => close()));

  async function account(status: number, values: Readonly<Record<string, readonly number[]>>) {
    const requests: { readonly target: unknown; readonly body: string }[] = [];
    const server = createServer((message, response) => {
      void readBody(message).then((body) => {
        requests.push({ target: message.headers['x-amz-target'], body: body.toString() });
        const results = Object.entries(values).map(([Id, Values]) => ({ Id, Values }));
        response.writeHead(status).end(JSON.stringify({ MetricDataResults: results }));
      });
    });
    open.push(() => server.close());
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const endpoint = await listen(server);
    return { requests, cloudwatch: { region: 'eu-central-1', credentials, endpoint } };
  }
  const free = async (values: Readonly<Record<string, readonly number[]>>, status = 200) =>
    freeStandardCpus((await account(status, values)).cloudwatch, 1_764_000_000);

  it('is the newest quota minus the newest use, in one request', async () => {
    const { requests, cloudwatch } = await account(200, { used: [40, 12], quota: [64, 32] });
    expect(await freeStandardCpus(cloudwatch, 1_764_000_000)).toBe(24);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.target).toBe('GraniteServiceVersion20100801.GetMetricData');
    expect(JSON.parse(requests[0]!.body)).toMatchObject({
      StartTime: 1_763_996_400,
      EndTime: 1_764_000_000,
      MetricDataQueries: [{ Id: 'used' }, { Expression: 'SERVICE_QUOTA(used)' }],
    });
  });

  it('is never negative, and null if CloudWatch lacks usage or quota', async () => {
    expect(await free({ used: [40], quota: [8] })).toBe(0);
    expect(await free({ used: [], quota: [8] })).toBeNull();
    expect(await free({ used: [40] })).toBeNull();
  });

  it('fails if CloudWatch rejects the request', async () => {
    await expect(free({}, 400)).rejects.toThrow('CloudWatch answered 400');
  });
});

it('distinguishes standard families from those with their own quotas', () => {
  const types = ['m7i.large', 't3.micro', 'c6gn.xlarge', 'r5b.large', 'i4i.large', 'im4gn.large'];
  const others = ['p4d.24xlarge', 'g5.xlarge', 'inf2.xlarge', 'x2idn.large', 'u-6tb1.metal'];
  expect(types.filter(isStandardType)).toEqual(types);
  expect(
    [...others, 'mac2.metal', 'trn1.2xlarge', 'hpc6a.large', 'dl1.24xlarge'].filter(isStandardType),
  ).toEqual([]);
});
