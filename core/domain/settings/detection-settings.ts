import * as z from 'zod';
import { amount, oneOf, whole } from './fields.ts';
import { named } from './named.ts';
import { perResource, section } from './sections.ts';
import { DAY, HOUR, YEAR } from './spans.ts';
import { timeZone } from './time-zone.ts';

const level = amount({ above: 0, to: 0.9999 });
const alertsPerWeek = amount({ above: 0, to: 10_080 });
const instant = z.iso.datetime({ offset: true, error: 'must be like 2026-12-24T18:00:00Z' });

/** What every entry of a calendar says, whomever it is about. */
export const calendarShape = {
  kind: oneOf(['mute', 'maintenance', 'holiday', 'deploy']).describe(
    '`mute` reports nothing and learns everything. `maintenance` reports nothing and learns nothing, and two hours after it stay quiet. `holiday` excuses use below the forecast and learns nothing. `deploy` says so in an incident that opens in it and does not page.',
  ),
  from: instant.describe('Begin, ISO 8601 with a zone.'),
  to: instant.describe('End, after the begin.'),
};

/** For entries whose end has to come after their begin. */
export const endsAfterItBegins = ({ from, to }: { readonly from: string; readonly to: string }) =>
  Date.parse(from) < Date.parse(to);
export const ENDS_EARLY = 'must end after it begins';

export const calendarEntry = section({
  ...calendarShape,
  applicationId: z
    .string()
    .nullable()
    .describe('The only application that it is about; null for all.')
    .default(null),
}).refine(endsAfterItBegins, { error: ENDS_EARLY });

const calendarSpan = calendarEntry.transform(({ kind, applicationId, from, to }) => ({
  kind,
  applicationId,
  fromSeconds: Date.parse(from) / 1000,
  toSeconds: Date.parse(to) / 1000,
}));

const digest = section({
  applications: whole(1, 1_000_000)
    .describe(
      'From so many applications on that open an incident in the same interval, one message tells of all.',
    )
    .default(5),
  critical: z
    .array(z.string().min(1, 'is empty'))
    .describe('Applications whose incidents are always told by themselves.')
    .default([]),
}).describe('Many incidents at once.');

/** When what was measured is an incident, and who is told. */
export const detectionSection = section({
  lowerLevel: level.describe('Level of the lower end of the expected interval.').default(0.01),
  upperLevel: level
    .describe('Level of the upper end of the expected interval, above `lowerLevel`.')
    .default(0.99),
  leadSeconds: amount({ from: 0, to: 7 * DAY })
    .describe(
      'Forecast lag: how long before a step the forecast was made that judges the step, in seconds. A forecast of the next five minutes follows every surge so fast that none looks unusual.',
    )
    .default(HOUR),
  m: whole(1, 1000)
    .describe('An incident opens when `m` of the last `n` points lie outside on the same side.')
    .default(3),
  n: whole(1, 1000).describe('See `m`; at least `m`.').default(5),
  quietSteps: whole(1, 10_000)
    .describe('An incident ends after so many consecutive points inside.')
    .default(12),
  warningsPerWeek: alertsPerWeek
    .describe(
      "False warnings per metric and week that are accepted. Each metric's threshold is learnt from its own past.",
    )
    .default(0.7),
  pagesPerWeek: alertsPerWeek
    .describe('False pages per metric and week that are accepted.')
    .default(0.15),
  direction: oneOf(['both', 'above', 'below'])
    .describe('Sides of the forecast on which a deviation counts.')
    .default('both'),
  minimumDeviation: perResource(amount({ from: 0, to: 1e18 }).default(0))
    .describe('Smaller deviations are never anomalies: cores, bytes, bytes/s, bytes/s.')
    .prefault({}),
  minimumRelativeDeviation: amount({ from: 0, to: 1000 })
    .describe('Deviations below this share of the expected value are never anomalies.')
    .default(0.2),
  minimumSeverity: amount({ from: 0, to: 1000 })
    .describe(
      'A point counts only so many half widths outside the interval: one in fifty lies outside by nature.',
    )
    .default(1),
  missing: perResource(oneOf(['ignore', 'zero', 'breach']).default('ignore'))
    .describe(
      'What a step without a measurement means while other resources were measured: nothing, a zero, or a point outside. Where nothing is measured any more: after `m` steps an incident where it is `breach` for one, zeros where it is `zero` for all, else an incident after `absenceSeconds`.',
    )
    .prefault({}),
  absenceSeconds: amount({ from: 0, to: YEAR })
    .describe('Silence of an application that is an incident, in seconds; 0 never.')
    .default(HOUR),
  timeZone: timeZone
    .describe('Time zone (IANA) whose days and weeks seasons follow, daylight saving included.')
    .default('UTC'),
  timeZones: named(timeZone).describe('Time zones of single applications, by name.').prefault({}),
  calendar: z.array(calendarSpan).describe('What is known beforehand, see below.').prefault([]),
  digest: digest.prefault({}),
  dashboardUrl: z
    .string()
    .regex(/^https?:\/\//, 'must begin with http:// or https://')
    .nullable()
    .describe(
      "Link of the messages to a picture; `{application}` stands for the application's name. null: no link.",
    )
    .default(null),
}).superRefine(({ lowerLevel, upperLevel, m, n }, context) => {
  const refuse = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  if (lowerLevel >= upperLevel) refuse('lowerLevel', `${lowerLevel} is not below upperLevel`);
  if (m > n) refuse('m', `${m} is above n, which is ${n}`);
});
