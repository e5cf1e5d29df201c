import * as z from 'zod';
import { timeZoneSchema } from './time-zone-schema.ts';

/** Footprints name their resources so. */
const perResource = <T extends z.ZodType>(value: T) =>
  z.strictObject({ cpu: value, memory: value, disk: value, network: value }).partial();

const instant = z.iso.datetime({ offset: true, error: 'must be like 2026-12-24T18:00:00Z' });

const calendarEntry = z
  .strictObject({
    kind: z.enum(['mute', 'maintenance', 'holiday', 'deploy']),
    /** Name of the only group it is about; left out it is about all. */
    group: z.string().min(1).optional(),
    from: instant,
    to: instant,
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    error: 'must end after it begins',
  });

/** What monitoring can be told; the names are those of the settings file of the command line. */
export const detectionSchema = z
  .strictObject({
    /** False alerts per metric and week that are accepted. */
    warningsPerWeek: z.number().positive(),
    pagesPerWeek: z.number().positive(),
    direction: z.enum(['both', 'above', 'below']),
    /** Cores, bytes, bytes/s, bytes/s. */
    minimumDeviation: perResource(z.number().min(0)),
    /** Share of what was expected. */
    minimumRelativeDeviation: z.number().min(0),
    /** What a metric without a measurement means while others were measured. */
    missing: perResource(z.enum(['ignore', 'zero', 'breach'])),
    /** Silence of a group that is an incident; 0 never. */
    absenceMinutes: z.number().min(0),
    timeZone: timeZoneSchema,
    /** Of single groups, by their names. */
    timeZones: z.record(z.string().min(1), timeZoneSchema),
    calendar: z.array(calendarEntry),
    digest: z
      .strictObject({ applications: z.int().positive(), critical: z.array(z.string().min(1)) })
      .partial(),
  })
  .partial();

export type DetectionConfiguration = z.output<typeof detectionSchema>;
