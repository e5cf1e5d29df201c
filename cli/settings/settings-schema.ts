import { z } from 'zod';
import { timeZoneSchema } from '#cdk/configuration/time-zone-schema.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { ALLOCATION_MODES } from '#core/domain/settings.ts';

const positive = z.number().positive();
const whole = z.int().positive();
const share = z.number().min(0).max(1);
const level = z.number().gt(0).lt(1);

const footprint = z.strictObject({
  cpu: positive.nullable(),
  memory: positive.nullable(),
  disk: positive.nullable(),
  network: positive.nullable(),
});

const training = z.strictObject({
  context: whole,
  horizon: whole,
  levels: z
    .array(level)
    .min(1)
    .refine((levels) => levels.every((value, k) => k === 0 || value > levels[k - 1]!), {
      error: 'must increase',
    }),
  windowSeconds: whole,
  minimumSeconds: whole,
  origins: whole,
  everySeconds: whole,
  competeEverySeconds: whole,
  network: z
    .strictObject({
      epochs: z.int().nonnegative(),
      tuneEpochs: z.int().nonnegative(),
      windows: whole,
      hidden: whole,
      seed: z.int(),
    })
    .partial(),
});

const typeDefaults = z.strictObject({
  allocation: footprint.partial(),
  instanceCapacity: footprint.partial(),
  minInstances: z.int().min(0),
  maxInstances: whole,
});

const allocation = z.strictObject({
  shortageCost: positive,
  idleCost: positive,
  bootSeconds: z.number().min(0),
  unreliableWidth: positive,
  safetyMargin: z.number().min(0),
  safetyFactor: z.number().min(0),
  overThreshold: positive,
  underThreshold: z.number().min(0),
  targetUtilization: z
    .strictObject({ cpu: share, memory: share, disk: share, network: share })
    .partial(),
  mode: z.enum(ALLOCATION_MODES),
  maxIncrease: whole.nullable(),
  maxDecrease: whole.nullable(),
  defaultsByType: z.record(z.string(), typeDefaults.partial()),
});

const perResource = <T extends z.ZodType>(value: T) =>
  z.strictObject({ cpu: value, memory: value, disk: value, network: value });

const calendarEntry = z
  .strictObject({
    kind: z.enum(['mute', 'maintenance', 'holiday', 'deploy']),
    applicationId: z.string().nullable().default(null),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
  })
  .transform(({ kind, applicationId, from, to }) => ({
    kind,
    applicationId,
    fromSeconds: Date.parse(from) / 1000,
    toSeconds: Date.parse(to) / 1000,
  }))
  .refine(({ fromSeconds, toSeconds }) => fromSeconds < toSeconds, {
    error: 'must end after it begins',
  });

const detection = z.strictObject({
  lowerLevel: level,
  upperLevel: level,
  leadSeconds: z.number().min(0),
  m: whole,
  n: whole,
  quietSteps: whole,
  minimumRelativeDeviation: z.number().min(0),
  minimumSeverity: z.number().min(0),
  warningsPerWeek: positive,
  pagesPerWeek: positive,
  direction: z.enum(['both', 'above', 'below']),
  minimumDeviation: perResource(z.number().min(0)).partial(),
  missing: perResource(z.enum(['ignore', 'zero', 'breach'])).partial(),
  absenceSeconds: z.number().min(0),
  timeZone: timeZoneSchema,
  timeZones: z.record(z.string().min(1), timeZoneSchema),
  calendar: z.array(calendarEntry),
  dashboardUrl: z
    .string()
    .regex(/^https?:\/\//, 'must begin with http:// or https://')
    .nullable(),
  digest: z.strictObject({ applications: whole, critical: z.array(z.string()) }).partial(),
});

const clustering = z.strictObject({
  maxClusters: whole,
  divergenceRatio: positive,
  divergenceRuns: whole,
  minimumSeconds: whole,
  windowSeconds: whole,
});

/** A settings file: any part of Settings; what it leaves out keeps its default. */
export const settingsSchema = z
  .strictObject({
    stepSeconds: whole,
    resources: z.array(z.enum(RESOURCES)).min(1),
    training: training.partial(),
    allocation: allocation.partial(),
    detection: detection.partial(),
    clustering: clustering.partial(),
  })
  .partial();

export type SettingsFile = z.output<typeof settingsSchema>;
