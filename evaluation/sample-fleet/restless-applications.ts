import { follow, internal, worker } from './application-drafts.ts';
import type { ApplicationSpec } from './application-spec.ts';
import { bursts } from './bursts.ts';
import type { SampleCalendar } from './calendar.ts';
import { CENTRAL_EUROPE, PORTAL } from './day-shapes.ts';
import { holidayEffect } from './event-effects.ts';
import { dayHump, dayOfWeek, hourOfDay, webShape } from './load-shape.ts';
import { drainQueue } from './queue.ts';

/** Business hours of a working day, for machines that people work on. */
const officeHours = (seconds: number): number =>
  dayOfWeek(seconds, CENTRAL_EUROPE) < 5 ? dayHump(hourOfDay(seconds, CENTRAL_EUROPE), 14, 3) : 0;

/** Queue workers and machines that people work on: a daily and weekly pattern plus randomness. */
export function restlessApplications(calendar: SampleCalendar): readonly ApplicationSpec[] {
  const portal = webShape({ ...PORTAL, offsetHours: CENTRAL_EUROPE, weekendShare: 0.5 });
  const arrivals = holidayEffect(portal, calendar.holidaySeconds, CENTRAL_EUROPE);
  const queue =
    (deliveryChance: number): ApplicationSpec['load'] =>
    (random, grid) =>
      drainQueue(random, {
        arrivals: follow(arrivals)(random, grid).map((load) => 0.5 * load),
        capacity: 1,
        deliveryChance,
        deliverySize: 8,
      });
  const burst =
    (perDay: number, medianHeight: number): ApplicationSpec['load'] =>
    (random, grid) =>
      bursts(random, {
        steps: grid.steps,
        rate: (step) => {
          const office = officeHours(grid.startSeconds + step * grid.stepSeconds);
          return ((0.2 + 3 * office) * perDay * grid.stepSeconds) / 86_400;
        },
        meanLength: Math.max(1.5, 2400 / grid.stepSeconds),
        medianHeight,
        heightSpread: 0.5,
      });
  return [
    worker({
      applicationId: 'mail-queue',
      what: 'queue worker: mail; large deliveries now and then',
      load: queue(0.004),
      peakCores: 16,
    }),
    worker({
      applicationId: 'image-queue',
      what: 'queue worker: images; large deliveries now and then',
      load: queue(0.006),
      peakCores: 24,
    }),
    internal({
      applicationId: 'ci-runners',
      what: 'internal machines: builds in bursts',
      load: burst(24, 0.3),
      peakCores: 28,
    }),
    internal({
      applicationId: 'analytics-sandbox',
      what: 'internal machines: queries in bursts',
      load: burst(14, 0.4),
      peakCores: 18,
    }),
  ];
}
