import * as z from 'zod';
import { detectionSchema } from './detection-schema.ts';
import { modeSchema } from './modes.ts';

/** Where footprints are kept. Timestream for LiveAnalytics is closed to accounts new since 2025-06-20. */
export const HISTORY_STORES = ['dynamodb', 'timestream'] as const;
export type HistoryStoreKind = (typeof HISTORY_STORES)[number];

/** What functions that load models run on. ONNX Runtime is known to load on x86_64; on arm64 each tests it at its start. */
export const MODEL_ARCHITECTURES = ['x86_64', 'arm64'] as const;
export type ModelArchitecture = (typeof MODEL_ARCHITECTURES)[number];

/** The periods CloudWatch Logs knows, in days. */
const LOG_RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
] as const;

/** Lambda's environment holds 4 KB in all; this leaves room for names. */
const MAX_TYPES_CHARACTERS = 2500;
const MAX_TOLD_CHARACTERS = 2700;

const amount = z.number().positive().nullable();
const footprint = z.strictObject({ cpu: amount, memory: amount, disk: amount, network: amount });

export const typeDefaultsSchema = z
  .strictObject({
    allocation: footprint.partial(),
    instanceCapacity: footprint.partial(),
    minInstances: z.int().min(0),
    maxInstances: z.int().min(1),
  })
  .partial();

const schedules = z.strictObject({
  ingestMinutes: z.int().min(1).max(60).default(5),
  allocateMinutes: z.int().min(1).max(60).default(5),
  monitorMinutes: z.int().min(1).max(60).default(5),
  /**
   * Invocations that share the groups of a tick of allocate and of monitor; one is enough for some thousand groups. An
   * EventBridge rule has at most five targets.
   */
  parts: z.int().min(1).max(5).default(1),
  /** Training, then refinement of the clusters; an EventBridge cron or rate expression, UTC. */
  train: z
    .string()
    .regex(/^(cron|rate)\(.+\)$/, 'must be cron(…) or rate(…)')
    .default('cron(15 2 * * ? *)'),
});

const training = z.strictObject({
  concurrency: z.int().min(1).max(1000).default(50),
  toleratedFailurePercentage: z.number().min(0).max(100).default(10),
});

const retention = z.strictObject({
  logDays: z.literal(LOG_RETENTIONS).default(30),
  /** Footprints; training reads 28 days. */
  historyDays: z.int().min(29).max(3650).default(455),
});

const keys = z.strictObject({
  historyStore: z.enum(HISTORY_STORES).default('dynamodb'),
  modelArchitecture: z.enum(MODEL_ARCHITECTURES).default('x86_64'),
  /** Mode of groups whose `foreprint:mode` tag is empty. */
  mode: modeSchema.default('observe'),
  /** Names of the only groups to look after; empty for every group with a `foreprint:mode` tag. */
  groups: z.array(z.string().min(1)).default([]),
  /** Steps (of five minutes) a forecast reaches. */
  horizonSteps: z.int().min(1).max(2016).default(288),
  /** What an instance-hour of shortage and an idle one cost, relative to each other. */
  costs: z
    .strictObject({
      shortage: z.number().positive().default(9),
      idle: z.number().positive().default(1),
    })
    .prefault({}),
  defaultsByType: z
    .record(z.string().min(1), typeDefaultsSchema)
    .default({})
    .refine((types) => JSON.stringify(types).length <= MAX_TYPES_CHARACTERS, {
      error: `must not exceed ${MAX_TYPES_CHARACTERS} characters as JSON`,
    }),
  /** How sensitive monitoring is, and what it is told beforehand. */
  detection: detectionSchema.prefault({}),
  schedules: schedules.prefault({}),
  training: training.prefault({}),
  emails: z.array(z.email()).default([]),
  /** Name of a Secrets Manager secret that holds a Slack webhook's address as its plain text. */
  slackWebhookSecretName: z.string().min(1).nullable().default(null),
  /**
   * A Slack channel that Amazon Q Developer in chat applications (once AWS Chatbot) writes to, beside or instead of the
   * webhook; the workspace has to be connected in its console first.
   */
  slackChannel: z
    .strictObject({
      workspaceId: z.string().regex(/^[TE][0-9A-Z]+$/, 'must be like T012ABCDEFG'),
      channelId: z.string().regex(/^[CG][0-9A-Z]+$/, 'must be like C012ABCDEFG'),
    })
    .nullable()
    .default(null),
  retention: retention.prefault({}),
  /** Whether `cdk destroy` also deletes tables and models. */
  removeData: z.boolean().default(false),
});

/** Everything a deployment can be told. Nothing given is a deployment that changes no group. */
export const configurationSchema = keys.refine(
  ({ defaultsByType, detection }) =>
    JSON.stringify([defaultsByType, detection]).length <= MAX_TOLD_CHARACTERS,
  {
    path: ['detection'],
    error: `must not exceed ${MAX_TOLD_CHARACTERS} characters as JSON together with defaultsByType`,
  },
);

export type Configuration = z.output<typeof configurationSchema>;
export type ConfigurationInput = z.input<typeof configurationSchema>;
