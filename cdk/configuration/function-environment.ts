import * as z from 'zod';
import { configurationKeys, HISTORY_STORES } from './configuration-schema.ts';

/** The part of the configuration that the functions work by, as JSON in one variable. */
const functionConfigurationSchema = configurationKeys
  .pick({
    mode: true,
    groups: true,
    horizonSteps: true,
    costs: true,
    defaultsByType: true,
    detection: true,
    expect: true,
  })
  .extend({ historyDays: configurationKeys.shape.retention.unwrap().shape.historyDays });

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

/**
 * The environment variables of the functions. A function gets those it was bound to; the rest are
 * absent.
 */
export const functionEnvironmentSchema = z.object({
  FOREPRINT_CONFIGURATION: json.pipe(functionConfigurationSchema),
  /** Tells the deployments of an account apart, in their metrics and logs. */
  FOREPRINT_DEPLOYMENT: z.string().optional(),
  /** Name of the SSM parameter that stops every action unless it says "run". */
  FOREPRINT_SWITCH: z.string().optional(),
  FOREPRINT_HISTORY_STORE: z.enum(HISTORY_STORES).optional(),
  /** Table of footprints; with Timestream "database/table". */
  FOREPRINT_HISTORY: z.string().optional(),
  FOREPRINT_TABLE: z.string().optional(),
  FOREPRINT_MODELS_BUCKET: z.string().optional(),
  FOREPRINT_IDEMPOTENCY_TABLE: z.string().optional(),
  FOREPRINT_TOPIC_ARN: z.string().optional(),
  /** Set where the topic also feeds a chat channel of Amazon Q Developer. */
  FOREPRINT_CHAT: z.literal('slack').optional(),
  /** Where the messages' reader sees a picture. */
  FOREPRINT_DASHBOARD_URL: z.string().optional(),
  FOREPRINT_SLACK_SECRET: z.string().optional(),
  /** Address of the queue of trainings that do not wait for the schedule. */
  FOREPRINT_TRAINING_QUEUE: z.string().optional(),
});

export type FunctionEnvironment = z.output<typeof functionEnvironmentSchema>;
export type FunctionVariable = keyof FunctionEnvironment;
export type FunctionConfiguration = z.output<typeof functionConfigurationSchema>;
