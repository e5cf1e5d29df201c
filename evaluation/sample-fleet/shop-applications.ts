import { follow, GIB, web } from './application-drafts.ts';
import type { ApplicationSpec } from './application-spec.ts';
import type { SampleCalendar } from './calendar.ts';
import { CENTRAL_EUROPE, EASTERN_AMERICA, MEDIA, PACIFIC_AMERICA, SHOP } from './day-shapes.ts';
import { deployEffect, holidayEffect, leakedBytes, spikeEffect } from './event-effects.ts';
import { driftingShape, growingShape, webShape } from './load-shape.ts';
import type { LoadShape } from './load-shape.ts';

const HOUR = 3600;

/** Web shops and their services. Most events of the sample fleet happen to one of these. */
export function shopApplications(calendar: SampleCalendar): readonly ApplicationSpec[] {
  const european = webShape({ ...SHOP, offsetHours: CENTRAL_EUROPE });
  const eastern = webShape({ ...SHOP, offsetHours: EASTERN_AMERICA });
  const pacific = webShape({ ...SHOP, offsetHours: PACIFIC_AMERICA, weekendShare: 1.05 });
  const evening = webShape({ ...MEDIA, offsetHours: EASTERN_AMERICA });
  const holiday = (shape: LoadShape): LoadShape =>
    holidayEffect(shape, calendar.holidaySeconds, CENTRAL_EUROPE);
  return [
    web({
      applicationId: 'shop-eu',
      what: 'web shop, Central Europe',
      load: follow(holiday(european)),
      peakCores: 34,
    }),
    web({
      applicationId: 'checkout-eu',
      what: 'checkout of the shop; a deploy raises its level',
      load: follow(deployEffect(holiday(european), calendar.deploySeconds, 1.6)),
      peakCores: 16,
    }),
    web({
      applicationId: 'session-cache-eu',
      what: 'sessions of the shop; leaks memory for a while',
      load: follow(holiday(european)),
      peakCores: 9,
      memory: { baseBytes: 10 * GIB, bytesPerCore: 2 * GIB },
      leak: (seconds) =>
        leakedBytes(seconds, {
          ...calendar.leak,
          restartSeconds: 31 * HOUR,
          bytesPerSecond: (20 * GIB) / (31 * HOUR),
        }),
    }),
    web({
      applicationId: 'catalog-eu',
      what: 'catalogue; drifts from the shops’ day to that of evening media in America',
      load: follow(driftingShape(european, evening, calendar.drift)),
      peakCores: 20,
    }),
    web({
      applicationId: 'shop-us-east',
      what: 'web shop, American east coast; a rush on one day',
      load: follow(spikeEffect(eastern, calendar.spike, 2.6)),
      peakCores: 44,
    }),
    web({
      applicationId: 'shop-us-west',
      what: 'web shop, American west coast',
      load: follow(pacific),
      peakCores: 26,
    }),
    web({
      applicationId: 'partner-api',
      what: 'interface for partners; grows steadily',
      load: (random, grid) => follow(growingShape(eastern, grid.startSeconds, 0.05))(random, grid),
      peakCores: 14,
    }),
    web({
      applicationId: 'shop-latam',
      what: 'new web shop: first point about a day before the end',
      load: follow(eastern),
      peakCores: 12,
      firstSeconds: calendar.newcomerSeconds,
    }),
  ];
}
