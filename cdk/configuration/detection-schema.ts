import * as z from 'zod';
import {
  calendarShape,
  detectionSection,
  endsAfterItBegins,
  ENDS_EARLY,
} from '#core/domain/settings/detection-settings.ts';
import { amount } from '#core/domain/settings/fields.ts';
import { partOf, section } from '#core/domain/settings/sections.ts';

const calendarEntry = section({
  ...calendarShape,
  group: z
    .string()
    .min(1, 'is empty')
    .optional()
    .describe('Name of the only group that it is about; without it, all groups.'),
}).refine(endsAfterItBegins, { error: ENDS_EARLY });

const { shape } = detectionSection;

/** Keys of the settings' `detection`, two of them as people write them for groups. */
export const detectionKeys = section({
  warningsPerWeek: shape.warningsPerWeek,
  pagesPerWeek: shape.pagesPerWeek,
  direction: shape.direction,
  minimumDeviation: shape.minimumDeviation,
  minimumRelativeDeviation: shape.minimumRelativeDeviation,
  missing: shape.missing,
  absenceMinutes: amount({ from: 0, to: 365 * 24 * 60 })
    .describe('Silence of a group that is an incident, in minutes; 0 never.')
    .default(60),
  timeZone: shape.timeZone,
  timeZones: shape.timeZones,
  calendar: z.array(calendarEntry).describe('What is known beforehand.').default([]),
  digest: shape.digest,
});

/** What monitoring can be told; nothing is filled in, because a function's environment is small. */
export const detectionSchema = partOf(detectionKeys);
