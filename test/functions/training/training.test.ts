import type { Context, SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putTrainedCluster } from '#adapters/aws/dynamodb/cluster-generation.ts';
import { createDynamodbProfileStore } from '#adapters/aws/dynamodb/dynamodb-profile-store.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { concludeEventSchema } from '#functions/events/training-events.ts';
import { answerRequests } from '#functions/training/answer-requests.ts';
import { stoppableTrainer, unlessStopped } from '#functions/training/stoppable-trainer.ts';
import { tallyResults } from '#functions/training/tally-results.ts';
import { toleratedPercentage } from '#functions/training/tolerated-percentage.ts';
import { trainOneCluster } from '#functions/training/train-one-cluster.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { openDynamodb } from '#test/emulators/open-dynamodb.ts';

const DAY = 86_400;
const NOW = 1_764_028_800;
const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
const dynamodb = openDynamodb();
const settings = {
  ...DEFAULT_SETTINGS,
  resources: ['cpu'] as const,
  training: { ...DEFAULT_SETTINGS.training, context: 288, horizon: 12, windowSeconds: 3 * DAY },
};

function queued(...bodies: readonly string[]): SQSEvent {
  const Records = bodies.map((body, k) => ({ messageId: `m${k}`, body, eventSource: 'aws:sqs' }));
  return { Records } as unknown as SQSEvent;
}

const request = (applicationId: string) =>
  JSON.stringify({ applicationId, startedAt: '2026-11-24T17:05:00Z' });

describe('requests for a training', () => {
  test('are handled one by one; a failed one returns to the queue, an unreadable one does not', async () => {
    const trained: string[] = [];
    const reports: string[] = [];
    const answer = await answerRequests(
      {
        train: async ({ applicationId }) => {
          if (applicationId === 'poisoned') throw new Error('no memory');
          trained.push(applicationId);
        },
        report: (what) => void reports.push(what),
      },
      queued(request('shop'), '{', request('poisoned'), '{"applicationId":""}', request('blog')),
      context,
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(trained).toEqual(['shop', 'blog']);
    expect(reports.toSorted()).toEqual(['poisoned', 'training request m1', 'training request m3']);
  });

  test('that all fail all return to the queue', async () => {
    const train = () => Promise.reject(new Error('throttled'));
    const event = queued(request('a'), request('b'));
    const answer = await answerRequests({ train, report: () => undefined }, event, context);
    expect(answer.batchItemFailures).toHaveLength(2);
  });
});

/** Three days of an application in memory. */
async function measured(...ids: readonly string[]) {
  const ports = memoryPorts();
  for (const applicationId of ids) {
    const points = Array.from({ length: (3 * DAY) / 300 }, (_, k) => ({
      timestampSeconds: NOW - (k + 1) * 300,
      footprint: { cpu: 2 + Math.sin(k / 40), memory: null, disk: null, network: null },
    }));
    await ports.history.append([{ applicationId, applicationType: null, points }]);
  }
  return ports;
}

test('the kill switch ends a training and leaves the profile unchanged', async () => {
  const ports = await measured('shop');
  let asked = 0;
  const trainer = stoppableTrainer(ports.trainer, async () => ++asked < 2);
  const work = () => trainApplication({ ...ports, trainer }, 'shop', NOW, settings);
  expect(await unlessStopped(work)).toBe('stopped');
  expect(await ports.profiles.application('shop')).toBeNull();
  const fails = () => unlessStopped(() => Promise.reject(new Error('full')));
  await expect(fails()).rejects.toThrow('full');
});

function cluster(version: number, applications: readonly string[]): ClusterProfile {
  return {
    clusterId: 'c1',
    applications,
    averageFootprint: {},
    medoid: 'shop',
    predictiveModel: {},
    meanLevel: { cpu: 2, memory: null, disk: null, network: null },
    version,
  };
}

describe('one cluster', () => {
  async function stored() {
    const table = await dynamodb();
    const profiles = createDynamodbProfileStore({ ...table, logRetentionDays: null });
    await profiles.putClusters([
      cluster(1, ['shop', 'blog']),
      { ...cluster(1, []), clusterId: 'c2' },
    ]);
    const reports: string[] = [];
    const ports = {
      ...(await measured('shop', 'blog')),
      profiles,
      saveCluster: (trained: ClusterProfile) => putTrainedCluster(table, trained),
      report: (what: string) => void reports.push(what),
    };
    return { ports, profiles, reports };
  }
  const train = { clusterId: 'c1', nowSeconds: NOW };

  test('is trained and written, and the others are unchanged', async () => {
    const { ports, profiles } = await stored();
    expect(await trainOneCluster(ports, train, settings)).toBe('trained');
    const [one, two] = await profiles.clusters();
    expect(one?.predictiveModel.cpu?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.predictiveModel).toEqual({});
  });

  test('that was refined meanwhile is not overwritten', async () => {
    const { ports, profiles } = await stored();
    const trainer: typeof ports.trainer = async (job) => {
      await profiles.putClusters([cluster(2, ['shop'])]);
      return ports.trainer(job);
    };
    const outcome = await trainOneCluster({ ...ports, trainer }, train, settings);
    expect(outcome).toBe('refined-meanwhile');
    expect(await profiles.clusters()).toEqual([cluster(2, ['shop'])]);
  });

  test('that no longer exists is not a failure', async () => {
    const { ports } = await stored();
    const gone = { clusterId: 'c9', nowSeconds: NOW };
    expect(await trainOneCluster(ports, gone, settings)).toBe('gone');
  });

  test('is trained without a member whose history cannot be read, which is reported', async () => {
    const { ports, reports } = await stored();
    const { read } = ports.history;
    const history: typeof ports.history = {
      ...ports.history,
      read: (id, ...others) =>
        id === 'blog' ? Promise.reject(new Error('throttled')) : read(id, ...others),
    };
    expect(await trainOneCluster({ ...ports, history }, train, settings)).toBe('trained');
    expect(reports).toEqual(['blog']);
  });
});

test('one failure of few groups does not fail the night, and all of them do', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20_000 }), fc.nat(100), (items, configured) => {
      const tolerated = toleratedPercentage(items, configured);
      expect(100 / items).toBeLessThanOrEqual(tolerated);
      expect(tolerated).toBeGreaterThanOrEqual(configured);
      if (configured < 50) expect(tolerated).toBeLessThan(100);
    }),
  );
  expect(toleratedPercentage(1, 10)).toBe(10);
});

describe('results of a run', () => {
  const files: Record<string, unknown> = {
    'm.json': {
      DestinationBucket: 'b',
      ResultFiles: {
        SUCCEEDED: [
          { Key: 's0', Size: 1 },
          { Key: 's1', Size: 1 },
        ],
        FAILED: [{ Key: 'f0', Size: 1 }],
        PENDING: [],
      },
    },
    s0: [{ applicationId: 'a', trained: { cpu: { model: 'ets' }, disk: { model: 'naive' } } }],
    s1: [
      { applicationId: 'b', trained: { cpu: { model: 'ets' } } },
      { applicationId: 'c', stopped: true },
    ],
    f0: [{ Error: 'Lambda.Unknown', Cause: 'timed out' }],
  };
  const read = async (key: string) => (key in files ? JSON.stringify(files[key]) : null);

  test('are summed over all their files', async () => {
    expect(await tallyResults(read, 'm.json')).toEqual({
      succeeded: 3,
      failed: 1,
      pending: 0,
      stopped: 1,
      models: { ets: 2, naive: 1 },
    });
  });

  test('of a map that wrote nothing are zero', () => {
    const run = {
      run: 'r',
      applications: {},
      clusters: { ResultWriterDetails: { Key: 'm.json' } },
    };
    expect(concludeEventSchema.parse(run).applications.ResultWriterDetails).toBeUndefined();
    return expect(tallyResults(read, undefined)).resolves.toMatchObject({ succeeded: 0 });
  });

  test('of an empty run are zero', async () => {
    expect(await tallyResults(read, 'absent.json')).toMatchObject({ succeeded: 0, failed: 0 });
  });
});
