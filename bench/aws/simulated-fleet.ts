import { CloudWatchClient, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { pointAttributes } from '#adapters/aws/dynamodb/day-points.ts';
import { documentAttributes } from '#adapters/aws/dynamodb/document-body.ts';
import { contentHash } from '#adapters/encoding/content-hash.ts';
import { perResource, RESOURCES, type FootprintPoint } from '#core/domain/footprint.ts';
import type { ApplicationProfile } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { answerCommands } from '#test/emulators/answer-commands.ts';
import type { CallCounter } from './call-counter.ts';
import type { Seeds, WireItem } from './simulated-dynamodb.ts';

export const STEP = 300;
const DAY = 86_400;
/** Noon, so that a day's item is half full: the mean of what is written over a day. */
export const NOW = Date.UTC(2026, 10, 24, 12) / 1000;
const GIB = 2 ** 30;

const noise = (k: number): number => ((Math.imul(k, 2654435761) >>> 0) / 2 ** 32 - 0.5) * 0.2;
const levelAt = (t: number): number => 2 + Math.sin((t / DAY) * 2 * Math.PI) + noise(t / STEP);

export function pointAt(t: number): FootprintPoint {
  const level = levelAt(t);
  const footprint = {
    cpu: 3 * level,
    memory: level * GIB,
    disk: level * 1e6,
    network: level * 2e6,
  };
  return { timestampSeconds: t, footprint };
}

/**
 * One application's real profile and models, which stand for everybody's: every group has files of
 * its own by name.
 */
export async function trainedProfile() {
  const ports = memoryPorts();
  const points = Array.from({ length: (28 * DAY) / STEP }, (_, k) => pointAt(NOW - (k + 1) * STEP));
  await ports.history.append([{ applicationId: 'one', applicationType: 'web', points }]);
  await trainApplication(ports, 'one', NOW, DEFAULT_SETTINGS);
  const profile = (await ports.profiles.application('one'))!;
  const files = new Map<string, Uint8Array>();
  for (const resource of RESOURCES) {
    files.set(resource, await ports.models.get(profile.predictiveModel[resource]!.sha256));
  }
  return { profile, files };
}

/** The profile of a group, whose models are files of its own. */
function profileOf(profile: ApplicationProfile, applicationId: string): ApplicationProfile {
  const predictiveModel = Object.fromEntries(
    Object.entries(profile.predictiveModel).map(([resource, model]) => [
      resource,
      { ...model, sha256: `${resource} ${contentHash(Buffer.from(applicationId))}` },
    ]),
  );
  return { ...profile, applicationId, predictiveModel };
}

/** Groups whose names begin so were enrolled just now: the tables hold nothing of them. */
export const NEWCOMER = 'new';
const HISTORY_DAYS = 22;

/**
 * What the tables hold of every group but newcomers: a profile, 22 days of history, a log of
 * decisions.
 */
export function fleetSeeds(profile: ApplicationProfile, decision: object): Seeds {
  const days = Array.from({ length: HISTORY_DAYS }, (_, k) =>
    dayItem(Math.floor(NOW / DAY) * DAY - (HISTORY_DAYS - 1 - k) * DAY),
  );
  const ranges = new Map<string, ReturnType<typeof wireList>>();
  const historyOf = (from: string, to: string) => {
    const within = days.filter(({ sk }) => sk.S >= from && sk.S <= to);
    const known = ranges.get(`${from} ${to}`) ?? wireList(within);
    ranges.set(`${from} ${to}`, known);
    return known;
  };
  const log = wireList(Array.from({ length: 14 }, () => documentAttributes(decision)));
  const today = wireItem(days.at(-1)!);
  const isNew = (partition: string): boolean => partition.includes(`#${NEWCOMER}-`);
  return {
    item(partition, sort) {
      if (partition.startsWith('profiles#')) {
        return wireItem(documentAttributes(profileOf(profile, sort)));
      }
      const isHistory = partition.startsWith('history#') && !isNew(partition);
      return isHistory && sort.startsWith('2026') ? today : null;
    },
    query(partition, from, to) {
      if (isNew(partition)) return null;
      if (partition.startsWith('history#')) return historyOf(from, to);
      return partition.startsWith('log#') ? log : null;
    },
  };
}

function dayItem(dayStart: number) {
  const until = Math.min(NOW, dayStart + DAY);
  const times = Float64Array.from(
    { length: (until - dayStart) / STEP },
    (_, k) => dayStart + k * STEP,
  );
  const values = perResource((r) => Float64Array.from(times, (t) => pointAt(t).footprint[r]!));
  const sort = new Date(dayStart * 1000).toISOString().slice(0, 10);
  return { ...pointAttributes({ times, values }, dayStart), sk: { S: sort }, version: { N: '1' } };
}

type Attributes = Readonly<
  Record<string, { readonly S?: string; readonly N?: string; readonly B?: Uint8Array }>
>;

function wireItem(item: object): WireItem {
  return Object.fromEntries(
    Object.entries(item as Attributes).map(([name, { S, N, B }]) => [
      name,
      B ? { B: Buffer.from(B).toString('base64') } : N === undefined ? { S: S ?? '' } : { N },
    ]),
  );
}

function wireList(items: readonly object[]) {
  const json = JSON.stringify(items.map(wireItem));
  return { json, bytes: json.length * 0.75 };
}

/**
 * Answers in 300 ms and 1 ms for every hundred data points; 10 metrics a group, two instances in
 * service.
 */
export function simulatedCloudwatch(counter: CallCounter): CloudWatchClient {
  const client = new CloudWatchClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  });
  answerCommands(client, async ({ input }) => {
    const queries = input['MetricDataQueries'] as readonly MetricDataQuery[];
    const [from, to] = ['StartTime', 'EndTime'].map((n) => (input[n] as Date).getTime() / 1000);
    const period = queries[0]?.MetricStat?.Period ?? STEP;
    const Timestamps: Date[] = [];
    for (let t = Math.ceil(from! / period) * period; t < to!; t += period) {
      Timestamps.push(new Date(t * 1000));
    }
    const points = Timestamps.length * queries.length;
    await counter.call('CloudWatch GetMetricData', 300 + points / 100, points);
    const Values = Timestamps.map((at) => 10 * levelAt(at.getTime() / 1000));
    return {
      MetricDataResults: queries.map(({ Id }) => ({
        Id,
        Timestamps,
        Values,
        StatusCode: 'Complete',
      })),
    };
  });
  return client;
}
