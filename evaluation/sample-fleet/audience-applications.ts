import { follow, MIB, web } from './application-drafts.ts';
import type { ApplicationSpec } from './application-spec.ts';
import type { SampleCalendar } from './calendar.ts';
import { CENTRAL_EUROPE, EASTERN_AMERICA, MEDIA, PORTAL } from './day-shapes.ts';
import { holidayEffect } from './event-effects.ts';
import { webShape } from './load-shape.ts';

/**
 * Two groups with opposite weeks: portals during working days, media in the evening and at
 * weekends.
 */
export function audienceApplications(calendar: SampleCalendar): readonly ApplicationSpec[] {
  const portal = webShape({ ...PORTAL, offsetHours: CENTRAL_EUROPE });
  const holiday = holidayEffect(portal, calendar.holidaySeconds, CENTRAL_EUROPE);
  const media = webShape({ ...MEDIA, offsetHours: EASTERN_AMERICA });
  return [
    web({
      applicationId: 'hr-portal',
      what: 'portal for staff, office hours',
      load: follow(holiday),
      peakCores: 18,
    }),
    web({
      applicationId: 'insurance-portal',
      what: 'portal for customers, office hours',
      load: follow(holiday),
      peakCores: 28,
      noise: { spread: 0.14, persistence: 0.8 },
    }),
    web({
      applicationId: 'video-front',
      what: 'video, evenings and weekends',
      load: follow(media),
      peakCores: 36,
      networkPerCore: 30 * MIB,
    }),
    web({
      applicationId: 'music-front',
      what: 'music, evenings and weekends',
      load: follow(media),
      peakCores: 15,
      networkPerCore: 18 * MIB,
    }),
  ];
}
