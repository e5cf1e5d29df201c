import * as z from 'zod';
import { allocationSection } from '#core/domain/settings/allocation-settings.ts';
import { amount, oneOf, whole } from '#core/domain/settings/fields.ts';
import { section } from '#core/domain/settings/sections.ts';
import { trainingSection } from '#core/domain/settings/training-settings.ts';
import { typeParts } from '#core/domain/settings/type-defaults.ts';
import { detectionSchema } from './detection-schema.ts';
import { expectedOfGroups } from './expect-schema.ts';
import { modeSchema } from './modes.ts';

/**
 * Where footprints are kept. Timestream for LiveAnalytics is closed to accounts new since
 * 2025-06-20.
 */
export const HISTORY_STORES = ['dynamodb', 'timestream'] as const;
export type HistoryStoreKind = (typeof HISTORY_STORES)[number];

/**
 * What functions that load models run on. ONNX Runtime is known to load on x86_64; on arm64 each
 * tests it at its start.
 */
export const MODEL_ARCHITECTURES = ['x86_64', 'arm64'] as const;
export type ModelArchitecture = (typeof MODEL_ARCHITECTURES)[number];

/** The periods CloudWatch Logs knows, in days. */
const LOG_RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
] as const;

/** A week of five-minute steps. */
const MOST_HORIZON_STEPS = 2016;

/** Lambda's environment holds 4 KB in all; this leaves room for names. */
const MAX_TYPES_CHARACTERS = 2500;
const MAX_TOLD_BYTES = 2700;

/** What a new account may give a function, and what AWS gives one at most, in MB. */
const NEW_ACCOUNT_MEMORY_MB = 3008;
const LARGEST_MEMORY_MB = 10_240;
/** Functions that decide and train have one core, which this much memory comes with. */
const LEAST_MEMORY_MB = 1769;

const minutes = (what: string) =>
  whole(1, 60).describe(`Minutes between two runs of ${what}.`).default(5);

const schedules = section({
  ingestMinutes: minutes('ingest'),
  allocateMinutes: minutes('allocate'),
  monitorMinutes: minutes('monitor'),
  // An EventBridge rule has at most five targets.
  parts: whole(1, 5)
    .describe(
      'Invocations that share the groups of a tick of allocate and of monitor; one is enough for some thousand groups.',
    )
    .default(1),
  train: z
    .string()
    .regex(/^(cron|rate)\(.+\)$/, 'must be cron(…) or rate(…)')
    .describe(
      'When training runs, then the refinement of the clusters: an EventBridge expression, UTC.',
    )
    .default('cron(15 2 * * ? *)'),
}).describe('When functions run.');

const training = section({
  concurrency: whole(1, 1000)
    .describe(
      'Groups, or clusters, that are trained at the same time; also of the queue for new groups.',
    )
    .default(50),
  toleratedFailurePercentage: amount({ from: 0, to: 100 })
    .describe('A training run with more failures fails.')
    .default(10),
});

const retention = section({
  logDays: z
    .literal(LOG_RETENTIONS, { error: `must be one of ${LOG_RETENTIONS.join(', ')}` })
    .describe('Days that logs are kept: a period that CloudWatch Logs knows.')
    .default(30),
  historyDays: whole(29, 3650)
    .describe(
      'Days that footprints, allocation log and closed incidents are kept; training reads 28.',
    )
    .default(455),
});

const slackChannel = section({
  workspaceId: z
    .string()
    .regex(/^[TE][0-9A-Z]+$/, 'must be like T012ABCDEFG')
    .describe("The workspace, which has to be connected in Amazon Q Developer's console first."),
  channelId: z
    .string()
    .regex(/^[CG][0-9A-Z]+$/, 'must be like C012ABCDEFG')
    .describe('The channel.'),
});

const { shortageCost, idleCost } = allocationSection.shape;

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Every key by itself; `configurationSchema` adds the check between two of them. */
export const configurationKeys = section({
  historyStore: oneOf(HISTORY_STORES).describe('Where footprints are kept.').default('dynamodb'),
  modelArchitecture: oneOf(MODEL_ARCHITECTURES)
    .describe(
      'What functions that load models run on. On `arm64` each tests at its start whether ONNX Runtime loads.',
    )
    .default('x86_64'),
  maxMemoryMb: whole(LEAST_MEMORY_MB, LARGEST_MEMORY_MB)
    .describe(
      'Most memory that a function gets, in MB. A new account allows 3008; above it, clusters are refined and trained by functions of 7076 and 3538.',
    )
    .default(NEW_ACCOUNT_MEMORY_MB),
  mode: modeSchema
    .describe(
      'Mode of groups whose `foreprint:mode` tag is empty. `floor` is a former name of `scale-out`.',
    )
    .prefault('observe'),
  groups: z
    .array(z.string().min(1, 'is empty'))
    .describe('Names of the only groups to look after; empty for every tagged one.')
    .default([]),
  horizonSteps: trainingSection.shape.horizon
    .unwrap()
    .max(MOST_HORIZON_STEPS, `must be at most ${MOST_HORIZON_STEPS}`)
    .describe('Five-minute steps that a forecast reaches.')
    .default(trainingSection.shape.horizon.parse(undefined)),
  costs: section({ shortage: shortageCost, idle: idleCost }).prefault({}),
  defaultsByType: typeParts
    .refine((types) => JSON.stringify(types).length <= MAX_TYPES_CHARACTERS, {
      error: `must not exceed ${MAX_TYPES_CHARACTERS} characters as JSON`,
    })
    .describe(
      'Per application type, what an application gets before anything is known of it: `allocation`, `instanceCapacity`, `minInstances`, `maxInstances`, as in the settings file.',
    )
    .prefault({}),
  detection: detectionSchema
    .describe('How sensitive monitoring is, and what it is told beforehand.')
    .prefault({}),
  expect: z
    .array(expectedOfGroups)
    .describe(
      'What is known beforehand of use to come, as in docs/calendar.md, with `groups` instead of `applications` and without `holidays`.',
    )
    .default([]),
  schedules: schedules.prefault({}),
  training: training.prefault({}),
  emails: z
    .array(z.email('is no address'))
    .describe('Addresses of the messages; each has to confirm the subscription.')
    .default([]),
  slackWebhookSecretName: z
    .string()
    .min(1, 'is empty')
    .nullable()
    .describe("Secrets Manager secret whose plain text is a Slack webhook's address.")
    .default(null),
  slackChannel: slackChannel
    .nullable()
    .describe(
      'A Slack channel fed by Amazon Q Developer in chat applications, beside or instead of the webhook.',
    )
    .default(null),
  retention: retention.prefault({}),
  removeData: z
    .boolean()
    .describe('Whether `cdk destroy` also deletes tables and models.')
    .default(false),
});

/** Everything a deployment can be told. Nothing given is a deployment that changes no group. */
export const configurationSchema = configurationKeys.refine(
  ({ groups, defaultsByType, expect, detection }) =>
    byteLength([groups, defaultsByType, expect, detection]) <= MAX_TOLD_BYTES,
  {
    path: ['groups, defaultsByType, expect, detection'],
    error: `must not exceed ${MAX_TOLD_BYTES} bytes as JSON together, because a function's environment holds 4 kB`,
  },
);

export type Configuration = z.output<typeof configurationSchema>;
export type ConfigurationInput = z.input<typeof configurationSchema>;
